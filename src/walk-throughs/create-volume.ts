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
          says: '**Name**: write `web-disk`. Without a change the volume would be called `web`, as the image is.',
        },
        {
          look: field('Description'),
          says: '**Description**: leave it empty. It is for people.',
        },
        {
          look: field('Use image as a source'),
          says: '**Use image as a source** is grey. It shows the image that you came from, and the size of its file.',
        },
        {
          look: field('Type'),
          says: '**Type**: leave it. It is the kind of storage, if the operator has several. The commands take the same one if you say nothing. **Volume Type Description**, on the right, tells what it is.',
        },
        {
          type: '1',
          into: '#volume-size',
          frame: field('Size'),
          says: '**Size**: write `1`, for 1 GiB. The form starts with `min_disk`, or with the size of the file if that is more. What counts is the virtual size, and the form does not know it.',
        },
        {
          look: field('Availability Zone'),
          says: '**Availability Zone**: leave `nova`, the only one here. It is the part of the cloud that keeps the volume. Some clouds attach it only to servers of the same zone.',
        },
        {
          look: `${DIALOG} .pie-chart >> nth=0`,
          says: '**Volume and Snapshot Quota** counts GiB: what your project has, what this volume adds, and what remains.',
        },
        {
          look: `${DIALOG} .pie-chart >> nth=1`,
          says: '**Volume Quota** does the same for the number of volumes.',
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
          says: 'Open **Volumes** in the menu on the left: the list of images shows nothing new.',
        },
        { set: `${MENU} a:visible[href$="/project/volumes/"]`, says: 'Click **Volumes** below it.' },
        {
          look: `${row('web-disk')} >> td:text-is("Available")`,
          says: 'Wait until `web-disk` is **Available**. **Bootable** says **Yes**, because it was made from an image.',
        },
      ],
    },
  ],
};

export default walkThrough;
