import { IMAGES } from './panels';
import { CONTENT, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'image-detail',
  start: IMAGES.start,
  scenes: [
    IMAGES.opening(
      { name: 'list', alt: 'The list of images. Click the name web.', when: row('web') },
      { click: `${row('web')} a:text-is("web")`, says: 'click the name `web`.' },
    ),
    {
      picture: {
        name: 'page',
        alt: 'All that Glance says of the image web, in three parts: Image, Security and Custom Properties. Find its size and its checksum.',
        of: CONTENT,
        when: 'h3:has-text("Custom Properties")',
      },
      steps: [
        {
          look: 'h3:text-is("Image")',
          says: '**Image**: what it is, how big, and the smallest server for it.',
        },
        {
          look: 'h3:has-text("Security")',
          says: '**Security**: whose it is, who may use it, whether it is protected, and its MD5 sum under **Checksum**.',
        },
        {
          look: 'h3:has-text("Custom Properties")',
          says: '**Custom Properties**: everything else, `os_hash_value` and your own notes too.',
        },
      ],
    },
  ],
};

export default walkThrough;
