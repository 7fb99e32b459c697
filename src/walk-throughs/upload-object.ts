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
        says: 'Click the button with the arrow that points up. **Folder** beside it makes an empty object whose name ends with a slash. You need none: a slash in the name of an object does it too.',
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
          says: '**File**: choose `2026/summer/hill.txt` on your machine. It takes one file at a time.',
        },
        {
          type: 'cover.txt',
          into: `${DIALOG} #id_name`,
          frame: fieldOf('#id_name'),
          says: '**File Name**: write `cover.txt`, the name of the object. The name of the file stands there first, without its folders. The form refuses a name that is taken. The command would replace that object.',
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
          says: '**cover.txt** is there. The dashboard noted the name of your file with it, as `Orig-Filename`. The command does not. **Date Created**, on the left, stays empty: that is a fault of Horizon 25.3.0.',
        },
      ],
    },
  ],
};

export default walkThrough;
