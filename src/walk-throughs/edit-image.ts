import { entry, openFromMenu, UPDATE_IMAGE } from './images';
import { IMAGES } from './panels';
import { CONTENT, DIALOG, field, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'edit-image',
  start: IMAGES.start,
  scenes: [
    openFromMenu('web', 'Edit Image', {
      above: [
        {
          look: entry('web', 'Create Volume'),
          says: '**Create Volume** makes a volume from it: a disk that is ready to boot.',
        },
      ],
      clicked:
        'Click **Edit Image** when you have read about the others. Administrators find **Update Metadata** below it.',
      below: [
        {
          look: entry('web', 'Deactivate Image'),
          says: 'Stay away from **Deactivate Image**. In Horizon 25.3.0 the image is out of use as soon as you click. A question comes, but **Cancel** does not undo it. **Reactivate Image**, at the same place, does.',
        },
        {
          look: entry('web', 'Delete Image'),
          says: '**Delete Image** asks first, and then deletes it for good.',
        },
      ],
    }),
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
          says: '**Image Name**: write the new name, `web-base`.',
        },
        {
          look: field('Image Description'),
          says: '**Image Description**: leave it empty.',
        },
        {
          look: field('Format'),
          says: '**Format** is grey. It cannot change, because the disk is already in Glance.',
        },
        {
          look: field('Kernel ID'),
          says: '**Kernel ID** is grey, too. If it is wrong, `openstack image set --kernel-id` changes it.',
        },
        {
          look: field('Ramdisk ID'),
          says: '**Ramdisk ID**: the same. Its option is `--ramdisk-id`.',
        },
        {
          look: field('Architecture'),
          says: '**Architecture**: the same. Its option is `--architecture`.',
        },
        {
          type: '1',
          into: '#imageForm-min_disk',
          frame: field('Minimum Disk'),
          says: '**Minimum Disk**: write `1`, for 1 GB.',
        },
        {
          type: '512',
          into: '#imageForm-min_ram',
          frame: field('Minimum RAM'),
          says: '**Minimum RAM**: write `512`, for 512 MB.',
        },
        {
          look: field('Visibility'),
          says: '**Visibility**: leave **Shared**. Here you change who may use the image.',
        },
        {
          look: field('Protected'),
          says: '**Protected**: leave **No**.',
        },
        UPDATE_IMAGE,
      ],
    },
    {
      picture: {
        name: 'list',
        alt: 'The list of images, in which web is now called web-base. Look for its row.',
        of: CONTENT,
        when: row('web-base'),
      },
      steps: [
        {
          look: row('web-base'),
          says: 'Look for **web-base**. It is the same image, with the same id. The arrow before the name shows both minimums.',
        },
      ],
    },
  ],
};

export default walkThrough;
