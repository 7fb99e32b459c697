import { SECURITY_GROUPS } from './panels';
import { CONTENT, DIALOG, fieldOf, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'add-security-group-rule',
  start: SECURITY_GROUPS.start,
  scenes: [
    SECURITY_GROUPS.opening(
      {
        name: 'groups',
        alt: 'The page Security Groups. Click Manage Rules in the row of web.',
        when: row('web'),
      },
      {
        click: `${row('web')} a:has-text("Manage Rules")`,
        says: 'click **Manage Rules** in the row of `web`. If you have just made the group, you are there already.',
      },
    ),
    {
      picture: {
        name: 'rules',
        alt: 'The rules of the group web: two, which let everything out. Click Add Rule above them.',
        of: CONTENT,
        when: '#rules__action_add_rule',
      },
      steps: [{ click: '#rules__action_add_rule', says: 'Click **Add Rule**.' }],
    },
    {
      picture: {
        name: 'form',
        alt: 'The form Add Rule: Custom TCP Rule, Ingress, port 22, from the addresses 198.51.100.7/32. Fill it in, then click Add.',
        of: DIALOG,
        when: `${DIALOG} #id_port`,
      },
      steps: [
        {
          look: fieldOf('#id_rule_menu'),
          says: '**Rule**: leave **Custom TCP Rule**. The list has ready ones too, such as **SSH** and **All ICMP**, which ask for less.',
        },
        {
          look: fieldOf('#id_description'),
          says: '**Description**: leave it empty here. It says to people why the rule is there.',
        },
        {
          look: fieldOf('#id_direction'),
          says: '**Direction**: leave **Ingress**, which is towards the server.',
        },
        {
          look: fieldOf('#id_port_or_range'),
          says: '**Open Port**: leave **Port**, which is one port. The others are **Port Range** and **All ports**.',
        },
        { type: '22', into: '#id_port', frame: fieldOf('#id_port'), says: '**Port**: write `22`.' },
        {
          look: fieldOf('#id_remote'),
          says: '**Remote**: leave **CIDR**, which means addresses. **Security Group** means the members of a group, as `--remote-group` does. The form then asks for the group, and for the **Ether Type**: IPv4 or IPv6.',
        },
        {
          type: '198.51.100.7/32',
          into: '#id_cidr',
          frame: fieldOf('#id_cidr'),
          says: '**CIDR**: write `198.51.100.7/32`. These are the addresses that may come in. What stands there first, `0.0.0.0/0`, is the whole world. For IPv6, write an IPv6 address.',
        },
        {
          click: `${DIALOG} input.btn-primary`,
          says: 'Click **Add**.',
        },
      ],
    },
    {
      picture: {
        name: 'added',
        alt: 'The rules of web again. Look at the new one: Ingress, TCP, port 22, from 198.51.100.7/32. At its end is Delete Rule.',
        of: CONTENT,
        when: row('198.51.100.7/32'),
      },
      steps: [
        {
          look: row('198.51.100.7/32'),
          says: 'The new rule is in the list: **Ingress**, **TCP**, from `198.51.100.7/32`. You cannot change a rule. Click **Delete Rule** at its end, and add another.',
        },
      ],
    },
  ],
};

export default walkThrough;
