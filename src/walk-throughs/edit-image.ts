import { button, CONTENT, DIALOG, field, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'edit-image',
  start: '/project/images',
  scenes: [
    {
      picture: {
        name: 'menu',
        alt: 'The list of images, with the menu of web open. Click Edit Image in it.',
        of: CONTENT,
        when: row('web'),
      },
      steps: [
        { set: `${row('web')} .split-caret`, says: 'In the row of `web`, open the menu.' },
        { click: `${row('web')} a:visible:has-text("Edit Image")`, says: 'Click **Edit Image**.' },
      ],
    },
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
        { click: `${DIALOG} >> ${button('Update Image')}`, says: 'Click **Update Image**.' },
      ],
    },
  ],
};

export default walkThrough;
