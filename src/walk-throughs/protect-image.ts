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
          says: 'At **Protected**, choose **Yes**.',
          frame: field('Protected'),
        },
        UPDATE_IMAGE,
      ],
    },
    {
      picture: {
        name: 'list',
        alt: 'The list of images. The column Protected says Yes for golden: look there before you wonder.',
        of: CONTENT,
        when: `${row('golden')}:has-text("Yes")`,
      },
      steps: [
        {
          look: row('golden'),
          says: 'The list says so. As long as it does, the menu of this row has no **Delete Image**.',
        },
      ],
    },
  ],
};

export default walkThrough;
