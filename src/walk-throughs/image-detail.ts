import { IMAGES } from './panels';
import { CONTENT, row, type WalkThrough } from './walk-through';

/** A heading, and what stands below it. */
const part = (heading: string) => `#content_body div:has(> h3:text-is("${heading}"))`;

const walkThrough: WalkThrough = {
  name: 'image-detail',
  start: IMAGES.start,
  scenes: [
    IMAGES.opening(
      { name: 'list', alt: 'The list of images. Click the name web.', when: row('web') },
      { click: `${row('web')} a:text-is("web")`, says: 'click the name **web**.' },
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
          look: part('Image'),
          says: '**Image**: find the **Size**. Here is also what kind of disk it is, and the smallest server for it.',
        },
        {
          look: part('Security'),
          says: '**Security**: find the **Checksum**, which is the MD5 sum. Here is also whose the image is, who may use it, and whether it is protected.',
        },
        {
          look: part('Custom Properties'),
          says: '**Custom Properties**: everything else. Your own notes are here, and `os_hash_value`, a longer sum.',
        },
      ],
    },
  ],
};

export default walkThrough;
