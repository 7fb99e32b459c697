import { FLOATING_IPS } from './panels';
import { CONTENT, DIALOG, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'release-floating-ip',
  start: FLOATING_IPS.start,
  scenes: [
    FLOATING_IPS.opening(
      {
        name: 'list',
        alt: 'The page Floating IPs. Click Disassociate in the row of your address.',
        when: '[id$="__action_disassociate"]',
      },
      {
        click: '[id$="__action_disassociate"]',
        says: 'in the row of your address click **Disassociate**.',
      },
    ),
    {
      picture: {
        name: 'disassociate',
        alt: 'The question Confirm Disassociate, which names the address. Read it, then click Disassociate.',
        of: DIALOG,
        when: `${DIALOG} .btn-danger`,
      },
      steps: [
        {
          click: `${DIALOG} .btn-danger`,
          says: 'Read the address, and click **Disassociate**. The address is still yours after that.',
        },
      ],
    },
    {
      picture: {
        name: 'menu',
        alt: 'The list again. The address is mapped to nothing. Open the menu at the end of its row, and click Release Floating IP.',
        of: CONTENT,
        when: '[id$="__action_associate"]',
      },
      steps: [
        { set: '#floating_ips tbody .dropdown-toggle', says: 'At the end of the row, open the menu.' },
        {
          click: '#floating_ips tbody [id$="__action_release"]',
          says: 'Click **Release Floating IP**. An address that is in use has this in its menu, too: then one click does both.',
        },
      ],
    },
    {
      picture: {
        name: 'release',
        alt: 'The question Confirm Release Floating IP, which names the address. Read it, then click Release Floating IP.',
        of: DIALOG,
        when: `${DIALOG} .btn-danger`,
      },
      steps: [
        {
          click: `${DIALOG} .btn-danger`,
          says: 'Read the address once more, and click **Release Floating IP**.',
        },
      ],
    },
  ],
};

export default walkThrough;
