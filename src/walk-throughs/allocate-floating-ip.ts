import { FLOATING_IPS } from './panels';
import { CONTENT, DIALOG, fieldOf, type WalkThrough } from './walk-through';

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
          says: '**Pool**: leave **public**. The address comes from this external network. Here there is only one.',
        },
        {
          look: fieldOf('#id_floating_ip_address'),
          says: '**Floating IP Address**: leave it empty. You would name a certain address there, but most clouds let only administrators choose.',
        },
        { look: fieldOf('#id_description'), says: '**Description**: leave it empty here. It is for people.' },
        {
          look: `${DIALOG} .quota-dynamic`,
          says: '**Project Quotas**: look how many floating IPs your project has, and how many it may have.',
        },
        {
          click: `${DIALOG} input.btn-primary`,
          says: 'Click **Allocate IP**.',
        },
      ],
    },
    {
      picture: {
        name: 'allocated',
        alt: 'The list of floating IPs with your address. Look at Mapped Fixed IP Address: a dash, so it leads nowhere yet.',
        of: CONTENT,
        when: '[id$="__action_associate"]',
      },
      steps: [
        {
          look: '#floating_ips tbody',
          says: 'The list shows the address that you got. It leads nowhere yet: **Mapped Fixed IP Address** is `-`, and **Status** is **Down**. Addresses and ids in the pictures are made up. Yours are others, and the commands on this page show others too.',
        },
      ],
    },
  ],
};

export default walkThrough;
