import { CONTENT, DIALOG, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'delete-image',
  start: '/project/images',
  scenes: [
    {
      picture: {
        name: 'menu',
        alt: 'The list of images, with the menu at the end of the row of old-1 open. Open it, and click Delete Image.',
        of: CONTENT,
        when: row('old-1'),
      },
      steps: [
        {
          set: `${row('old-1')} .split-caret`,
          says: 'Open **Project**, **Compute**, **Images**. At the end of the row of `old-1`, open the menu with the small triangle.',
        },
        {
          look: `${row('old-1')} a:visible:has-text("Edit Image")`,
          says: 'The menu has what you may do with this image. **Launch**, the button beside it, starts a server; **Create Volume**, **Edit Image** and **Deactivate Image** leave it where it is.',
        },
        {
          click: `${row('old-1')} a:visible:has-text("Delete Image")`,
          says: 'Click **Delete Image**, the red one.',
        },
      ],
    },
    {
      picture: {
        name: 'confirm',
        alt: 'The question Confirm Delete Image, which names old-1. Read the name, then click Delete Image.',
        of: DIALOG,
        when: `${DIALOG} .btn-danger`,
      },
      steps: [
        {
          look: `${DIALOG} .modal-body`,
          says: 'Read the name. The dashboard asks only once, and there is no bin.',
        },
        { click: `${DIALOG} .btn-danger`, says: 'Click **Delete Image**. The row goes away.' },
      ],
    },
  ],
};

export default walkThrough;
