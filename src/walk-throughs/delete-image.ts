import { afterDelete, confirmDelete, openFromMenu } from './images';
import { IMAGES } from './panels';
import type { WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'delete-image',
  start: IMAGES.start,
  scenes: [
    openFromMenu('old-1', 'Delete Image'),
    confirmDelete(
      'The question Confirm Delete Image, which names old-1. Read the name, then click Delete Image.',
      'Read the name: it has to be **old-1**. The dashboard asks only once, and a deleted image does not come back.',
      'Click **Delete Image**.',
    ),
    afterDelete(
      'old-1',
      'The list of images without old-1. Look for what you wanted to keep, such as old-2.',
      'The row of `old-1` is gone. **old-2** is still there.',
    ),
  ],
};

export default walkThrough;
