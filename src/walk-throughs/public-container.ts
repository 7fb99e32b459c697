import { container, openContainer } from './containers';
import { CONTAINERS } from './panels';
import { CONTENT, type WalkThrough } from './walk-through';

const access = '.hz-object-link:visible';

const walkThrough: WalkThrough = {
  name: 'public-container',
  start: CONTAINERS.start,
  scenes: [
    CONTAINERS.opening(
      {
        name: 'closed',
        alt: 'The page Containers with www open: Public Access is not ticked and says Disabled. Tick it only if the whole internet may read what is in www.',
        when: container('www'),
      },
      openContainer('www'),
      {
        click: `${access} label`,
        frame: access,
        says: 'Stop for a moment before you tick **Public Access**. It lets the whole internet list this container and read every object in it. The tick works at once, and nothing asks whether you mean it. It also replaces the read ACL that was there before. If that is right, tick it.',
      },
    ),
    {
      picture: {
        name: 'open',
        alt: 'The same page. Public Access is ticked, with a link below: this is where visitors come in. Clear the tick to close the container.',
        of: CONTENT,
        when: `${access} a:visible:has-text("Link")`,
      },
      steps: [
        {
          look: access,
          says: 'Leave the tick for what follows. **Link** leads to what a visitor sees. Without the tick the container is closed again. Clearing it takes away every read ACL, also one that names a project.',
        },
      ],
    },
  ],
};

export default walkThrough;
