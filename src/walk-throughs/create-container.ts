import { container, containerForm } from './containers';
import { CONTAINERS } from './panels';
import { button, CONTENT, field, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'create-container',
  start: CONTAINERS.start,
  scenes: [
    CONTAINERS.opening(
      {
        name: 'page',
        alt: 'The page Containers, which is empty. Click the button Container with a plus.',
        when: button('Container'),
      },
      { click: button('Container'), says: 'click **Container**, the button with the plus.' },
    ),
    containerForm(
      'photos',
      'The form Create Container with the name photos, not public. Fill in the name, then click Submit.',
      'A name has no slash, and at most 256 bytes.',
      {
        look: field('Storage Policy'),
        says: '**Storage Policy**: leave it. It says how and where the objects are kept, and cannot be changed later. Here there is only one.',
      },
      {
        look: field('Container Access'),
        says: '**Container Access**: leave **Not public**. **Public** lets everybody read and list the container, without logging in.',
      },
    ),
    {
      picture: {
        name: 'created',
        alt: 'The page Containers again. Look at photos in the list of containers.',
        of: CONTENT,
        when: container('photos'),
      },
      steps: [
        {
          look: `.panel-heading:has(${container('photos')})`,
          says: '**photos** is in the list of containers.',
        },
      ],
    },
  ],
};

export default walkThrough;
