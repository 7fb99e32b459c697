import { button, CONTENT, DIALOG, field, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'create-container',
  start: '/project/containers',
  scenes: [
    {
      picture: {
        name: 'page',
        alt: 'The page Containers, which is empty. Click the button Container with a plus.',
        of: CONTENT,
        when: button('Container'),
      },
      steps: [
        {
          click: button('Container'),
          says: 'Open **Project**, **Object Store**, **Containers**, and click **+ Container**.',
        },
      ],
    },
    {
      picture: {
        name: 'form',
        alt: 'The form Create Container with the name photos, not public. Fill in the name, then click Submit.',
        of: DIALOG,
        when: `${DIALOG} #name`,
      },
      steps: [
        {
          type: 'photos',
          into: `${DIALOG} #name`,
          frame: field('Container Name'),
          says: '**Container Name**: no slash, at most 256 bytes.',
        },
        {
          look: `${DIALOG} select[name=policy]`,
          says: '**Storage Policy**: how and where the objects are kept. It cannot be changed later. Here there is one.',
        },
        {
          look: `${DIALOG} .btn-group:has-text("Not public")`,
          says: '**Container Access**: **Not public**. **Public** lets everybody read and list it, without logging in.',
        },
        { click: `${DIALOG} >> ${button('Submit')}`, says: 'Click **Submit**.' },
      ],
    },
  ],
};

export default walkThrough;
