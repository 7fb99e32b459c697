import { FLOATING_IPS } from './panels';
import { CONTENT, DIALOG, fieldOf, type WalkThrough } from './walk-through';

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
      { click: '[id$="__action_associate"]', says: 'click **Associate** in the row of your address.' },
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
          says: '**IP Address**: leave the one that stands there. It is the one in whose row you clicked, so yours is another than in the picture. **+** would take a new one.',
        },
        {
          choose: 'web-1',
          from: '#id_port_id',
          frame: fieldOf('#id_port_id'),
          says: '**Port to be associated**: choose `web-1`, with its private address. The list has only ports that a router joins to an external network. Without a router it says **No ports available**.',
        },
        {
          click: `${DIALOG} input.btn-primary`,
          says: 'Click **Associate**.',
        },
      ],
    },
    {
      picture: {
        name: 'associated',
        alt: 'The list of floating IPs again. Look at Mapped Fixed IP Address: web-1 and its private address.',
        of: CONTENT,
        when: '[id$="__action_disassociate"]',
      },
      steps: [
        {
          look: '#floating_ips tbody',
          says: 'Look at **Mapped Fixed IP Address**: **web-1** and its private address. In the picture **Status** is **Down**, because that cloud has no agents. On yours it turns **Active**.',
        },
      ],
    },
  ],
};

export default walkThrough;
