import { entry, openFromMenu, UPDATE_IMAGE } from './images';
import { IMAGES } from './panels';
import { DIALOG, field, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'edit-image',
  start: IMAGES.start,
  scenes: [
    openFromMenu(
      'web',
      'Edit Image',
      {
        look: `${row('web')} >> role=button[name=/Launch/]`,
        says: '**Launch**, the button beside it, starts a server from the image.',
      },
      {
        look: entry('web', 'Create Volume'),
        says: '**Create Volume** makes a volume from it: a disk that is ready to boot.',
      },
      {
        look: entry('web', 'Deactivate Image'),
        says: '**Deactivate Image** takes it out of use, until somebody chooses **Reactivate Image**, which takes its place. Mind that the click is enough: the question after it comes too late, and **Cancel** does not take it back.',
      },
      {
        look: entry('web', 'Delete Image'),
        says: '**Delete Image** asks first, and then deletes it for good.',
      },
    ),
    {
      picture: {
        name: 'form',
        alt: 'The form Edit Image: the name web-base, at least 1 GB of disk and 512 MB of memory. Fill these in, then click Update Image.',
        of: DIALOG,
        when: '#imageForm-name',
      },
      steps: [
        {
          type: 'web-base',
          into: '#imageForm-name',
          frame: field('Image Name'),
          says: '**Image Name**: the new name.',
        },
        {
          look: field('Format'),
          says: '**Format** shows what it is, and cannot be changed: the data are there.',
        },
        {
          type: '1',
          into: '#imageForm-min_disk',
          frame: field('Minimum Disk'),
          says: '**Minimum Disk**: 1.',
        },
        {
          type: '512',
          into: '#imageForm-min_ram',
          frame: field('Minimum RAM'),
          says: '**Minimum RAM**: 512.',
        },
        UPDATE_IMAGE,
      ],
    },
  ],
};

export default walkThrough;
