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
      { set: `${BOX} input`, frame: BOX, says: 'click into the box above the list.' },
      {
        look: `${BOX} .dropdown-menu`,
        says: 'Here is what the cloud filters by. **Name** wants the whole name, and the two sizes want bytes. Properties and tags are not among them.',
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
          says: 'What is left has passed it. A second filter beside it would have to be passed, too.',
        },
        {
          click: '.magic-search-clear',
          frame: BOX,
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
          frame: BOX,
          says: 'Type a part of a name, such as `esc`, and choose nothing.',
        },
        {
          look: row('rescue'),
          says: 'Rows with this text in any column are left. No cloud was asked: the dashboard looks only at the rows that it has.',
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
        { set: '.magic-search-clear', frame: BOX, says: 'Empty the box again.' },
        {
          set: 'th:has-text("Name")',
          says: 'Click **Name**, at the top of its column, and the rows turn round. A click on another column sorts by that.',
        },
        {
          set: `${row('web')} .fa-chevron-right`,
          frame: `${row('web')} td:nth-child(2)`,
          says: 'Click the arrow before `web`, and the row opens.',
        },
        {
          look: '.detail-row:visible dl >> nth=0',
          says: 'Here is the id, which scripts want, and beside it the format and the size.',
        },
      ],
    },
  ],
};

export default walkThrough;
