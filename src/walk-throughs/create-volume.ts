import { openFromMenu } from './images';
import { IMAGES } from './panels';
import { button, DIALOG, field, row, type WalkThrough } from './walk-through';

const MENU = '#sidebar-accordion';

const walkThrough: WalkThrough = {
  name: 'create-volume',
  start: IMAGES.start,
  scenes: [
    openFromMenu('web', 'Create Volume'),
    {
      picture: {
        name: 'form',
        alt: 'The form Create Volume: the name web-disk, the image web as its source, the size 1 GiB, the zone nova. Fill in the name, then click Create Volume.',
        of: DIALOG,
        when: '#volume-size',
      },
      steps: [
        {
          type: 'web-disk',
          into: `${DIALOG} input[name=name]`,
          frame: field('Name'),
          says: '**Name**: the volume would be called `web`, as the image is. Write `web-disk`.',
        },
        {
          look: field('Description'),
          says: '**Description**: for people. Leave it empty.',
        },
        {
          look: field('Use image as a source'),
          says: '**Use image as a source**: the image that you came from, and the size of its file. It cannot be changed here.',
        },
        {
          look: field('Type'),
          says: '**Type**: what kind of storage it comes from, if the operator has several. The one that the commands take, too, is chosen.',
        },
        {
          type: '1',
          into: '#volume-size',
          frame: field('Size'),
          says: '**Size**: 1. The form starts with `min_disk`, or with the size of the file if that is more. It does not know the virtual size, which is what counts.',
        },
        {
          look: field('Availability Zone'),
          says: '**Availability Zone**: in which part of the cloud it is kept. Some clouds attach it only to servers of the same zone. Here there is one.',
        },
        {
          look: `${DIALOG} .pie-chart >> nth=0`,
          says: 'The rings show what your project may have, what it has, and what this volume adds.',
        },
        { click: `${DIALOG} >> ${button('Create Volume')}`, says: 'Click **Create Volume**.' },
      ],
    },
    {
      picture: {
        name: 'volumes',
        alt: 'The list of volumes. Open Volumes in the menu on the left, and wait until web-disk is Available. It is bootable.',
        when: row('web'),
      },
      steps: [
        {
          set: `${MENU} a:text-is("Volumes") >> nth=0`,
          says: 'The list of images does not change. In the menu, open **Volumes**.',
        },
        { set: `${MENU} a:visible[href$="/project/volumes/"]`, says: 'Click **Volumes** in it.' },
        {
          look: `${row('web-disk')} >> td:text-is("Available")`,
          says: 'Wait until `web-disk` is **Available**. **Bootable** says **Yes**: it was made from an image.',
        },
      ],
    },
  ],
};

export default walkThrough;
