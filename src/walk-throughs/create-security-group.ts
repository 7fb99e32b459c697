import { SECURITY_GROUPS } from './panels';
import { CONTENT, DIALOG, field, type WalkThrough } from './walk-through';

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
          says: '**Name**: write `web`. A name need not be unique.',
        },
        {
          type: 'web servers',
          into: '#id_description',
          frame: field('Description'),
          says: '**Description**: write `web servers`. It is for people.',
        },
        {
          click: `${DIALOG} input.btn-primary`,
          says: 'Click **Create Security Group**.',
        },
      ],
    },
    {
      picture: {
        name: 'rules',
        alt: 'The page Manage Security Group Rules of web. Look at its two rules: Egress for IPv4, and Egress for IPv6.',
        of: CONTENT,
        when: '#rules__action_add_rule',
      },
      steps: [
        {
          look: '#rules tbody',
          says: 'The dashboard goes on to the rules of the group. There are two: **Egress**, which is out of the server, for IPv4 and for IPv6. So everything may go out, and nothing may come in.',
        },
      ],
    },
  ],
};

export default walkThrough;
