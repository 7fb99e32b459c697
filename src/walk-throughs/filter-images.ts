import { IMAGES } from './panels';
import { CONTENT, row, type WalkThrough } from './walk-through';

const BOX = '.search-bar';
const choice = (name: string) => `${BOX} .dropdown-menu a:visible:text-is("${name}")`;

const walkThrough: WalkThrough = {
  name: 'filter-images',
  start: IMAGES.start,
  scenes: [
    IMAGES.opening(
      {
        name: 'filters',
        alt: 'The list of images, and under the box above it the things to filter by. Click into the box, then click Visibility.',
        when: row('web'),
      },
      { set: `${BOX} input`, says: 'click into the box above the list.' },
      {
        look: `${BOX} .dropdown-menu`,
        says: 'Look at the menu. These are the filters of the cloud. **Name** wants the whole name. The two sizes want bytes. Properties and tags are not among them.',
      },
      { click: choice('Visibility'), says: 'Click **Visibility**.' },
    ),
    {
      picture: {
        name: 'public',
        alt: 'The list with the filter Visibility: Public in the box: only cirros is left. Click Public to get there, and the cross at the end of the box to go back.',
        of: CONTENT,
        when: choice('Public'),
      },
      steps: [
        {
          set: choice('Public'),
          frame: `${BOX} .item`,
          says: 'Click **Public**. The filter stands in the box now.',
        },
        {
          look: row('cirros'),
          says: 'Only **cirros** is left: no other image is public. Add a second filter, and an image has to match both.',
        },
        {
          click: '.magic-search-clear',
          says: 'Click the cross at the end of the box to empty it.',
        },
      ],
    },
    {
      picture: {
        name: 'text',
        alt: 'The list with the text esc in the box: only rescue is left. Type it into the box.',
        of: CONTENT,
        when: row('web'),
      },
      steps: [
        {
          type: 'esc',
          into: `${BOX} input`,
          says: 'Type a part of a name: `esc`. Choose nothing from the menu.',
        },
        {
          look: row('rescue'),
          says: 'Only **rescue** is left. The dashboard looks for your text in everything that it knows of a row, shown or not: the id and the checksum, too. It does not ask the cloud, so it finds only rows that are in the list.',
        },
      ],
    },
    {
      picture: {
        name: 'details',
        alt: 'The list from the last name to the first, with the row of web open. Click Name at the top of its column, then the arrow before web.',
        of: CONTENT,
        when: row('rescue'),
      },
      steps: [
        { set: '.magic-search-clear', says: 'Click the cross again: the box is empty.' },
        {
          set: 'th:has-text("Name")',
          says: 'Click **Name**, at the top of its column. The last name comes first now. A click on another column sorts by that.',
        },
        {
          set: `${row('web')} .fa-chevron-right`,
          frame: `${row('web')} td:nth-child(2)`,
          says: 'Click the arrow before `web`. The row opens.',
        },
        {
          look: '.detail-row:has(dt:visible:text-is("ID"))',
          says: 'Here are the **ID**, which scripts want, the **Disk Format** and the **Size**.',
        },
      ],
    },
  ],
};

export default walkThrough;
