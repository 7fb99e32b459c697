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
        says: 'click **Disassociate** in the row of your address. In the picture its **Status** is **Down**, because that cloud has no agents. On yours it is **Active**.',
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
          says: 'Read the address, then click **Disassociate**. The address is still yours after that.',
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
        { set: '#floating_ips tbody .dropdown-toggle', says: 'Open the menu at the end of the row.' },
        {
          click: '#floating_ips tbody [id$="__action_release"]',
          says: 'Click **Release Floating IP**. An address that is in use has this entry, too. It takes the address away from the server and gives it back at once, after one question.',
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
          says: 'Read the address once more, then click **Release Floating IP**.',
        },
      ],
    },
    {
      picture: {
        name: 'released',
        alt: 'The list of floating IPs again. Look: there are none left.',
        of: CONTENT,
        when: '#floating_ips tbody .empty',
      },
      steps: [
        {
          look: '#floating_ips tbody .empty',
          says: 'The address is gone: **No items to display**. If you have other addresses, they are still in the list.',
        },
      ],
    },
  ],
};

export default walkThrough;
