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
        says: 'Stop for a moment. **Public Access** lets the whole internet list this container and read every object in it. The tick works at once, and nothing asks whether you mean it. It also replaces the read ACL that was there before, if any. If all that is right, tick it.',
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
          says: '**Link** leads to what a visitor sees. Clear the tick, and the container is closed again: that takes away every read ACL, also one that names a project. Leave it ticked for what follows.',
        },
      ],
    },
  ],
};

export default walkThrough;
