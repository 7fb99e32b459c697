import { FLOATING_IPS } from './panels';
import { DIALOG, fieldOf, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'allocate-floating-ip',
  start: FLOATING_IPS.start,
  scenes: [
    FLOATING_IPS.opening(
      {
        name: 'list',
        alt: 'The page Floating IPs, which is empty. Click Allocate IP To Project above the list.',
        when: '#floating_ips__action_allocate',
      },
      { click: '#floating_ips__action_allocate', says: 'click **Allocate IP To Project**.' },
    ),
    {
      picture: {
        name: 'form',
        alt: 'The form Allocate Floating IP with the pool public. Leave it as it is, and click Allocate IP.',
        of: DIALOG,
        when: fieldOf('#id_pool'),
      },
      steps: [
        {
          look: fieldOf('#id_pool'),
          says: '**Pool**: the external network that it comes from. Here there is one, `public`.',
        },
        {
          look: fieldOf('#id_floating_ip_address'),
          says: '**Floating IP Address**: a certain one. Leave it empty: most clouds let only administrators choose.',
        },
        { look: fieldOf('#id_description'), says: '**Description**: for people. Leave it empty here.' },
        {
          look: `${DIALOG} h3:has-text("Project Quotas")`,
          says: '**Project Quotas**: how many floating IPs your project has, and may have.',
        },
        {
          click: `${DIALOG} input.btn-primary`,
          says: 'Click **Allocate IP**. The list shows the address that you got. It leads nowhere yet: **Mapped Fixed IP Address** is `-`.',
        },
      ],
    },
  ],
};

export default walkThrough;
