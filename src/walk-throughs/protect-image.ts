import { openFromMenu, UPDATE_IMAGE } from './images';
import { IMAGES } from './panels';
import { CONTENT, DIALOG, field, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'protect-image',
  start: IMAGES.start,
  scenes: [
    openFromMenu('golden', 'Edit Image'),
    {
      picture: {
        name: 'form',
        alt: 'The form Edit Image of golden with Protected set to Yes. Choose Yes, then click Update Image.',
        of: DIALOG,
        when: '#imageForm-name',
      },
      steps: [
        {
          set: `${field('Protected')} >> label.btn:has-text("Yes")`,
          says: '**Protected**: choose **Yes**. Leave all other fields as they are.',
          frame: field('Protected'),
        },
        UPDATE_IMAGE,
      ],
    },
    {
      picture: {
        name: 'list',
        alt: 'The list of images. The column Protected says Yes for golden, and its open menu has no Delete Image and no Deactivate Image. Look at both.',
        of: CONTENT,
        when: `${row('golden')}:has-text("Yes")`,
      },
      steps: [
        {
          look: row('golden'),
          says: 'Look at the row of **golden**. At **Protected** it says **Yes**. If you tick such a row, **Delete Images** above the list stays pale.',
        },
        {
          set: `${row('golden')} .split-caret`,
          frame: `${row('golden')} .dropdown-menu:visible`,
          says: 'Open its menu again. **Edit Image** is still there. **Delete Image** and **Deactivate Image** are gone until you set **Protected** back to **No**.',
        },
      ],
    },
  ],
};

export default walkThrough;
