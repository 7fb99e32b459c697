import { SECURITY_GROUPS } from './panels';
import { DIALOG, field, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'create-security-group',
  start: SECURITY_GROUPS.start,
  scenes: [
    SECURITY_GROUPS.opening(
      {
        name: 'list',
        alt: 'The page Security Groups, with the group default. Click Create Security Group above the list.',
        when: '#security_groups__action_create',
      },
      { click: '#security_groups__action_create', says: 'click **Create Security Group**.' },
    ),
    {
      picture: {
        name: 'form',
        alt: 'The form Create Security Group with the name web and the description web servers. Fill it in, then click Create Security Group.',
        of: DIALOG,
        when: `${DIALOG} #id_name`,
      },
      steps: [
        {
          type: 'web',
          into: '#id_name',
          frame: field('Name'),
          says: '**Name**: `web`. A name need not be unique.',
        },
        {
          type: 'web servers',
          into: '#id_description',
          frame: field('Description'),
          says: '**Description**: for people.',
        },
        {
          click: `${DIALOG} input.btn-primary`,
          says: 'Click **Create Security Group**. The dashboard goes on to **Manage Security Group Rules**, where there are the two rules that let everything out.',
        },
      ],
    },
  ],
};

export default walkThrough;
