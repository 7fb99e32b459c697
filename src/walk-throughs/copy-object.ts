import { container, containerForm, openContainer } from './containers';
import { CONTAINERS } from './panels';
import { button, CONTENT, DIALOG, fieldOf, row, type Target, type WalkThrough } from './walk-through';

const folder = (name: string): Target => `tbody a:text-is("${name}")`;
const photos = openContainer('photos');

const walkThrough: WalkThrough = {
  name: 'copy-object',
  start: CONTAINERS.start,
  scenes: [
    CONTAINERS.opening(
      {
        name: 'page',
        alt: 'The page Containers with photos in the list. Click the button Container above it.',
        when: container('photos'),
      },
      {
        click: button('Container'),
        says: 'click **Container**, the button with the plus. The dashboard copies only into a container that is there.',
      },
    ),
    containerForm(
      'album',
      'The form Create Container with the name album. Fill in the name, leave the rest, then click Submit.',
      'Leave the rest as it is.',
    ),
    {
      picture: {
        name: 'folder',
        alt: 'The page Containers with photos open. Among its objects is the folder 2026: click it.',
        of: CONTENT,
        when: container('album'),
      },
      steps: [
        { ...photos, says: `Now ${photos.says}` },
        {
          click: folder('2026'),
          frame: row('2026'),
          says: 'Click the folder **2026** among its objects.',
        },
      ],
    },
    {
      picture: {
        name: 'menu',
        alt: 'The objects of photos below 2026/summer, with the menu of hill.txt open. Click Copy in it.',
        of: CONTENT,
        when: folder('summer'),
      },
      steps: [
        {
          set: folder('summer'),
          frame: '.hz-object-path',
          says: 'Click the folder **summer**. The way to where you are stands above the list. Find `hill.txt` there.',
        },
        {
          set: `${row('hill.txt')} .split-caret`,
          says: 'Open the menu at the end of its row.',
        },
        {
          click: `${row('hill.txt')} a:visible:has-text("Copy")`,
          says: 'Click **Copy**. Objects without a single byte have no such entry.',
        },
      ],
    },
    {
      picture: {
        name: 'copy',
        alt: 'The form Copy Object of photos/2026/summer/hill.txt: container album, object hill.txt. Fill in both, then click Copy Object.',
        of: DIALOG,
        when: `${DIALOG} #id_dest_container`,
      },
      steps: [
        {
          type: 'album',
          into: '#id_dest_container',
          frame: fieldOf('#id_dest_container'),
          says: '**Destination Container**: write `album`.',
        },
        {
          type: 'hill.txt',
          into: '#id_dest_name',
          frame: fieldOf('#id_dest_name'),
          says: '**Destination Object**: write `hill.txt`, the name of the copy. The form refuses a name that is taken. The command would replace that object.',
        },
        {
          // both are looked up a second after they were typed
          click: `${DIALOG} button.btn-primary:enabled`,
          says: 'Click **Copy Object**.',
        },
      ],
    },
    {
      picture: {
        name: 'album',
        alt: 'The objects of album. Look at the row of hill.txt, the copy.',
        of: CONTENT,
        when: `.hz-object-path:has-text("album") ~ * ${row('hill.txt')}`,
      },
      steps: [
        {
          look: row('hill.txt'),
          says: 'The dashboard goes on to `album`. The copy is in it: **hill.txt**.',
        },
      ],
    },
  ],
};

export default walkThrough;
