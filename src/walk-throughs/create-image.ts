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
          says: '**Image Name**: write `tiny`. This is what people call it. It need not be unique.',
        },
        {
          look: field('Image Description'),
          says: '**Image Description**: leave it empty. A sentence for people goes here. It becomes the property `description`.',
        },
        {
          attach: 'tiny.qcow2',
          to: 'input[name=image_file]',
          frame: field('File'),
          says: '**File**: click **Choose File**, and take `tiny.qcow2` from your machine. A blue star means that a field must not stay empty. Some operators also offer **URL**: then the image points to that address, and nothing is copied.',
        },
        {
          choose: 'QCOW2 - QEMU Emulator',
          from: '#imageForm-format',
          frame: field('Format'),
          says: '**Format**: choose **QCOW2**. It has to be what the file really is: the dashboard does not look into it. The container format follows by itself. For QCOW2 it is `bare`.',
        },
        {
          look: field('Kernel'),
          says: '**Kernel**: leave it. It is for a disk that has none inside. The list offers images of the format AKI.',
        },
        {
          look: field('Ramdisk'),
          says: '**Ramdisk**: leave it, too. The list offers images of the format ARI.',
        },
        {
          look: field('Architecture'),
          says: '**Architecture**: leave it empty, which means any. Otherwise write the processor that the image was built for, such as `x86_64`. Any text is taken, so mind the spelling.',
        },
        {
          look: field('Minimum Disk'),
          says: '**Minimum Disk**: leave 0, which means no minimum. It is the smallest disk of a server that may start from the image, in GB.',
        },
        {
          look: field('Minimum RAM'),
          says: '**Minimum RAM**: leave 0. It is the same for memory, in MB.',
        },
        {
          look: field('Visibility'),
          says: '**Visibility**: leave **Shared**: your project may use it, and those that you name later. **Private** is for your project alone. **Community** lets everybody use it, but keeps it out of their lists. **Public** puts it into all lists. This choice is there only for those whom the rule `publicize_image` allows it: normally administrators.',
        },
        {
          look: field('Protected'),
          says: '**Protected**: leave **No**. With **Yes**, nobody can delete the image until somebody sets it back to **No**.',
        },
        {
          click: button('Next'),
          says: 'Click **Next**. The second step is optional: **Create Image** can be clicked as soon as **File** and **Format** are filled in.',
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
          says: '**Available Metadata**: leave it. These are the properties that Glance knows by name. **+** moves one to the right. **Custom** adds one of your own.',
        },
        {
          look: '.metadata-tree .panel:has-text("Existing Metadata")',
          says: '**Existing Metadata**: what the image will have. It needs none now.',
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
          says: 'Look at the row of **tiny**. It is **Queued**, then **Saving**, and **Active** when it can be used. A disk as small as this one is there at once. A wide window has more columns, such as **Disk Format** and **Size**. Administrators also see **Owner**.',
        },
      ],
    },
  ],
};

export default walkThrough;
