import { FLOATING_IPS } from './panels';
import { DIALOG, fieldOf, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'associate-floating-ip',
  start: FLOATING_IPS.start,
  scenes: [
    FLOATING_IPS.opening(
      {
        name: 'list',
        alt: 'The page Floating IPs. Click Associate in the row of your address.',
        when: '[id$="__action_associate"]',
      },
      { click: '[id$="__action_associate"]', says: 'in the row of your address click **Associate**.' },
    ),
    {
      picture: {
        name: 'form',
        alt: 'The form Manage Floating IP Associations with an address and the port of web-1. Choose the port, then click Associate.',
        of: DIALOG,
        when: fieldOf('#id_port_id'),
      },
      steps: [
        {
          look: fieldOf('#id_ip_id'),
          says: '**IP Address**: the one in whose row you were. Yours is another one than in the picture. **+** takes a new one.',
        },
        {
          choose: 'web-1: 10.0.0.',
          from: '#id_port_id',
          frame: fieldOf('#id_port_id'),
          says: '**Port to be associated**: `web-1`, at its private address. Only ports that a router joins to an external network are in the list. Without a router it says **No ports available**.',
        },
        {
          click: `${DIALOG} input.btn-primary`,
          says: 'Click **Associate**. The list then says `web-1` and its private address, under **Mapped Fixed IP Address**.',
        },
      ],
    },
  ],
};

export default walkThrough;
