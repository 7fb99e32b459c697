import { CONTENT, DIALOG, row, type WalkThrough } from './walk-through';

const group = (id: string) => `${DIALOG} .form-group:has(${id})`;

const walkThrough: WalkThrough = {
  name: 'add-security-group-rule',
  start: '/project/security_groups/',
  scenes: [
    {
      picture: {
        name: 'groups',
        alt: 'The page Security Groups. Click Manage Rules in the row of web.',
        of: CONTENT,
        when: row('web'),
      },
      steps: [
        {
          click: `${row('web')} a:has-text("Manage Rules")`,
          says: 'In the row of `web`, click **Manage Rules**.',
        },
      ],
    },
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
          look: group('label[for=id_rule_menu]'),
          says: '**Rule**: **Custom TCP Rule**. The list has ready ones too, such as **SSH** and **All ICMP**, which ask for less.',
        },
        {
          look: group('label[for=id_direction]'),
          says: '**Direction**: **Ingress**, which is towards the server.',
        },
        { type: '22', into: '#id_port', frame: group('#id_port'), says: '**Port**: 22.' },
        {
          type: '198.51.100.7/32',
          into: '#id_cidr',
          frame: group('#id_cidr'),
          says: '**CIDR**: whose packets may come in. `0.0.0.0/0`, what stands there first, is the whole world.',
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
