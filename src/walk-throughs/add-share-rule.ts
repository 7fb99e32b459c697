import { SHARES } from './panels';
import { CONTENT, DIALOG, fieldOf, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'add-share-rule',
  start: SHARES.start,
  scenes: [
    SHARES.opening(
      {
        name: 'menu',
        alt: 'The list of shares, with the menu of docs open. Click Manage Rules in it.',
        when: row('docs'),
      },
      { set: `${row('docs')} .dropdown-toggle`, says: 'open the menu in the row of `docs`.' },
      { click: `${row('docs')} a:visible:has-text("Manage Rules")`, says: 'Click **Manage Rules**.' },
    ),
    {
      picture: {
        name: 'rules',
        alt: 'The rules of the share docs: none yet. Click Add rule above them.',
        of: CONTENT,
        when: '#rules__action_rule_add',
      },
      steps: [{ click: '#rules__action_rule_add', says: 'Click **Add rule**.' }],
    },
    {
      picture: {
        name: 'form',
        alt: 'The form Add Rule: type ip, level read-write, the address 10.0.0.11. Fill it in, then click Add.',
        of: DIALOG,
        when: `${DIALOG} #id_access_to`,
      },
      steps: [
        {
          choose: 'ip',
          from: '#id_access_type',
          frame: fieldOf('#id_access_type'),
          says: '**Access Type**: choose **ip**, an address. **user** is a name, for SMB. **cert** and **cephx** are for other kinds of storage.',
        },
        {
          choose: 'read-write',
          from: '#id_access_level',
          frame: fieldOf('#id_access_level'),
          says: '**Access Level**: choose **read-write**. The other is **read-only**.',
        },
        {
          type: '10.0.0.11',
          into: '#id_access_to',
          frame: fieldOf('#id_access_to'),
          says: '**Access To**: write `10.0.0.11`, the address that you let in. A whole network, such as `10.0.0.0/24`, is taken too.',
        },
        {
          look: fieldOf('#id_metadata'),
          says: '**Metadata**: leave it empty. It is for your notes about the rule.',
        },
        { click: `${DIALOG} input.btn-primary`, says: 'Click **Add**.' },
      ],
    },
    {
      picture: {
        name: 'active',
        alt: 'The rules of docs again: 10.0.0.11 may read and write. Look at the column Status, which says active.',
        of: CONTENT,
        when: `${row('10.0.0.11')}:has-text("active")`,
      },
      steps: [
        {
          look: row('10.0.0.11'),
          says: 'Wait until **Status** says **active**. If it says **error**, the storage has refused the rule.',
        },
      ],
    },
  ],
};

export default walkThrough;
