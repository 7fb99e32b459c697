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
        says: 'in the row of `web` click **Manage Rules**. Right after you made the group, you are past this step.',
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
          says: '**Rule**: **Custom TCP Rule**. The list has ready ones too, such as **SSH** and **All ICMP**, which ask for less.',
        },
        {
          look: fieldOf('#id_description'),
          says: '**Description**: why the rule is there. Leave it empty here.',
        },
        {
          look: fieldOf('#id_direction'),
          says: '**Direction**: **Ingress**, which is towards the server.',
        },
        {
          look: fieldOf('#id_port_or_range'),
          says: '**Open Port**: one **Port**. The others are **Port Range** and **All ports**.',
        },
        { type: '22', into: '#id_port', frame: fieldOf('#id_port'), says: '**Port**: 22.' },
        {
          look: fieldOf('#id_remote'),
          says: '**Remote**: **CIDR**, which means addresses. **Security Group** is for the members of a group, as `--remote-group`.',
        },
        {
          type: '198.51.100.7/32',
          into: '#id_cidr',
          frame: fieldOf('#id_cidr'),
          says: '**CIDR**: whose packets may come in. `0.0.0.0/0`, what stands there first, is the whole world. For IPv6, write an IPv6 address.',
        },
        {
          click: `${DIALOG} input.btn-primary`,
          says: 'Click **Add**. A rule cannot be changed afterwards, only deleted and made anew.',
        },
      ],
    },
  ],
};

export default walkThrough;
