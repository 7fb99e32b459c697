import { confirmDelete, openFromMenu } from './images';
import { IMAGES } from './panels';
import type { WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'delete-image',
  start: IMAGES.start,
  scenes: [
    openFromMenu('old-1', 'Delete Image'),
    confirmDelete(
      'The question Confirm Delete Image, which names old-1. Read the name, then click Delete Image.',
      'Read the name. The dashboard asks only once, and there is no bin.',
      'Click **Delete Image**. The row goes away.',
    ),
  ],
};

export default walkThrough;
