import { container, openContainer } from './containers';
import { CONTAINERS } from './panels';
import { CONTENT, DIALOG, fieldOf, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'upload-object',
  start: CONTAINERS.start,
  scenes: [
    CONTAINERS.opening(
      {
        name: 'container',
        alt: 'The page Containers with photos open: its size on the left, its objects on the right. Click the button with an arrow that points up.',
        when: container('photos'),
      },
      openContainer('photos'),
      {
        click: 'button:has(.fa-upload):visible',
        says: 'Click the button with the arrow that points up. **+ Folder** beside it makes an empty object whose name ends with a slash. You need none: a slash in an object’s name does it too.',
      },
    ),
    {
      picture: {
        name: 'form',
        alt: 'The form Upload File To photos: the file hill.txt, and as its name cover.txt. Choose the file, change the name, then click Upload File.',
        of: DIALOG,
        when: `${DIALOG} #id_object_file`,
      },
      steps: [
        {
          attach: '2026/summer/hill.txt',
          to: '#id_object_file',
          frame: fieldOf('#id_object_file'),
          says: '**File**: the file on your machine, `2026/summer/hill.txt`. One at a time.',
        },
        {
          type: 'cover.txt',
          into: `${DIALOG} #id_name`,
          frame: fieldOf('#id_name'),
          says: '**File Name**: the object’s name. The file’s own name stands there first, without its folders. Write `cover.txt` instead. If the container has that name already, the form does not let you go on; the command would replace the object.',
        },
        {
          click: `${DIALOG} button.btn-primary:enabled`,
          says: 'Click **Upload File**. The file goes through the dashboard to Swift.',
        },
      ],
    },
    {
      picture: {
        name: 'objects',
        alt: 'The objects of photos. Look at the row of cover.txt, and at the folder 2026 above it.',
        of: CONTENT,
        when: row('cover.txt'),
      },
      steps: [
        {
          look: row('cover.txt'),
          says: 'It is there. The dashboard noted the name of your file with it, as `Orig-Filename`; the command does not.',
        },
      ],
    },
  ],
};

export default walkThrough;
