import { CONTENT, DIALOG, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'delete-images',
  start: '/project/images',
  scenes: [
    {
      picture: {
        name: 'ticked',
        alt: 'The list of images with scratch-a and scratch-b ticked. Tick them, then click Delete Images above the list.',
        of: CONTENT,
        when: row('scratch-a'),
      },
      steps: [
        { set: `${row('scratch-a')} td:first-child label`, says: 'In the list of images, tick `scratch-a`.' },
        { set: `${row('scratch-b')} td:first-child label`, says: 'Tick `scratch-b`.' },
        {
          click: '.btn-danger:visible:has-text("Delete Images")',
          says: 'Click **Delete Images**. It is pale until something is ticked.',
        },
      ],
    },
    {
      picture: {
        name: 'confirm',
        alt: 'The question Confirm Delete Images, which names both images. Read the names, then click Delete Images.',
        of: DIALOG,
        when: `${DIALOG} .btn-danger`,
      },
      steps: [
        {
          look: `${DIALOG} .modal-body`,
          says: 'Read the names. These are the images that you lose.',
        },
        { click: `${DIALOG} .btn-danger`, says: 'Click **Delete Images**.' },
      ],
    },
  ],
};

export default walkThrough;
