import { containerForm } from './containers';
import { CONTAINERS } from './panels';
import { button, DIALOG, type WalkThrough } from './walk-through';

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
      { click: button('Container'), says: 'click **+ Container**.' },
    ),
    containerForm(
      'photos',
      'The form Create Container with the name photos, not public. Fill in the name, then click Submit.',
      'no slash, at most 256 bytes.',
      {
        look: `${DIALOG} select[name=policy]`,
        says: '**Storage Policy**: how and where the objects are kept. It cannot be changed later. Here there is one.',
      },
      {
        look: `${DIALOG} .btn-group:has-text("Not public")`,
        says: '**Container Access**: **Not public**. **Public** lets everybody read and list it, without logging in.',
      },
    ),
  ],
};

export default walkThrough;
