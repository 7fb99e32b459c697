import { afterDelete, confirmDelete } from './images';
import { IMAGES } from './panels';
import { row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'delete-images',
  start: IMAGES.start,
  scenes: [
    IMAGES.opening(
      {
        name: 'ticked',
        alt: 'The list of images with scratch-a and scratch-b ticked. Tick them, then click Delete Images above the list.',
        when: row('scratch-a'),
      },
      { set: `${row('scratch-a')} td:first-child label`, says: 'tick `scratch-a`.' },
      { set: `${row('scratch-b')} td:first-child label`, says: 'Tick `scratch-b`.' },
      {
        click: '.btn-danger:visible:has-text("Delete Images")',
        says: 'Click **Delete Images**. The button is pale until you tick something.',
      },
    ),
    confirmDelete(
      'The question Confirm Delete Images, which names both images. Read the names, then click Delete Images.',
      'Read the names: **scratch-a** and **scratch-b**. Both images will be gone for good.',
      'Click **Delete Images**.',
    ),
    afterDelete(
      'scratch-b',
      'The list of images without scratch-a and scratch-b. Look for what you wanted to keep, such as old-2.',
      'Both rows are gone. **old-2** is still there.',
    ),
  ],
};

export default walkThrough;
