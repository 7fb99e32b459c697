import { button, CONTENT, DIALOG, field, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'create-image',
  start: '/project/images',
  scenes: [
    {
      picture: {
        name: 'list',
        alt: 'The page Images of the project demo. Choose Images in the menu on the left, then click Create Image above the list.',
        when: row('cirros'),
      },
      steps: [
        {
          click: '#sidebar-accordion a:has-text("Images")',
          says: 'Log in. The name at the top left is your project: choose another there if you have several. In the menu, open **Project**, then **Compute**, and click **Images**.',
        },
        { click: button('Create Image'), says: 'Click **Create Image**.' },
      ],
    },
    {
      picture: {
        name: 'details',
        alt: 'The first step of Create Image, filled in: the name tiny, the file tiny.qcow2, the format QCOW2, no minimum, shared, not protected. Do the same, then click Next.',
        of: DIALOG,
        when: '#imageForm-format',
      },
      steps: [
        {
          type: 'tiny',
          into: '#imageForm-name',
          frame: field('Image Name'),
          says: '**Image Name**: what people call it. It need not be unique.',
        },
        {
          look: field('Image Description'),
          says: '**Image Description**: a sentence for people. It becomes the property `description`. Leave it empty here.',
        },
        {
          attach: 'tiny.qcow2',
          to: 'input[name=image_file]',
          frame: field('File'),
          says: '**File**: the disk on your machine. It goes through the dashboard to Glance. A second choice, **URL**, is there only if the operator allows it. It copies nothing, but has the image point there.',
        },
        {
          choose: 'QCOW2 - QEMU Emulator',
          from: '#imageForm-format',
          frame: field('Format'),
          says: '**Format**: the layout of the file. The container format is chosen for you: `bare`, but `ovf` for VHD, and the same as the format for AKI, AMI and ARI. The list never has VHDX. It has OVA and Docker only if the operator added them to the formats that Glance takes.',
        },
        {
          look: field('Kernel'),
          says: '**Kernel**: only for a disk that comes without one. Choose an image of the format AKI.',
        },
        {
          look: field('Ramdisk'),
          says: '**Ramdisk**: the same with an image of the format ARI.',
        },
        {
          look: field('Architecture'),
          says: '**Architecture**: the processor it was built for, such as `x86_64`. Any text is taken, so mind the spelling. Empty means any.',
        },
        {
          look: field('Minimum Disk'),
          says: '**Minimum Disk**: the smallest disk of a server that may start from it, in GB. 0 means no minimum.',
        },
        {
          look: field('Minimum RAM'),
          says: '**Minimum RAM**: the same for memory, in MB.',
        },
        {
          look: field('Visibility'),
          says: '**Visibility**: who may use it. **Shared** is chosen: your project, and those that you name later. **Public**, for the whole cloud, is offered to administrators only.',
        },
        {
          look: field('Protected'),
          says: '**Protected**: if **Yes**, nobody can delete it until somebody sets it back to **No**.',
        },
        {
          click: button('Next'),
          says: 'Click **Next**. **Create Image** would do as well: the second step is optional.',
        },
      ],
    },
    {
      picture: {
        name: 'metadata',
        alt: 'The second step of Create Image: metadata that can be added on the left, those that the image will have on the right. Leave them, and click Create Image.',
        of: DIALOG,
        when: '.metadata-tree:visible li:has-text("CPU Mode")',
      },
      steps: [
        {
          look: '.metadata-tree .panel:has-text("Available Metadata")',
          says: '**Available Metadata**: properties that Glance knows by name. **+** moves one to the right. **Custom** adds one of your own.',
        },
        {
          look: '.metadata-tree .panel:has-text("Existing Metadata")',
          says: '**Existing Metadata**: what the image will have. None is needed now.',
        },
        { click: `${DIALOG} >> ${button('Create Image')}`, says: 'Click **Create Image**.' },
      ],
    },
    {
      picture: {
        name: 'active',
        alt: 'The list of images again. Look at the row of tiny: its status is Active.',
        of: CONTENT,
        when: `${row('tiny')}:has-text("Active")`,
      },
      steps: [
        {
          look: row('tiny'),
          says: 'Look at the row of `tiny`. It is **Queued**, then **Saving**, and **Active** when it can be used. A disk as small as this one is there at once.',
        },
      ],
    },
  ],
};

export default walkThrough;
