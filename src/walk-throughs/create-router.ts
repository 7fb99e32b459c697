import { ROUTERS } from './panels';
import { CONTENT, DIALOG, fieldOf, row, type WalkThrough } from './walk-through';

const walkThrough: WalkThrough = {
  name: 'create-router',
  start: ROUTERS.start,
  scenes: [
    ROUTERS.opening(
      {
        name: 'list',
        alt: 'The page Routers, which is empty. Click Create Router above the list.',
        when: '#routers__action_create',
      },
      { click: '#routers__action_create', says: 'click **Create Router**.' },
    ),
    {
      picture: {
        name: 'form',
        alt: 'The form Create Router with the name edge and the external network public. Fill it in, then click Create Router.',
        of: DIALOG,
        when: `${DIALOG} #id_name`,
      },
      steps: [
        {
          type: 'edge',
          into: '#id_name',
          frame: fieldOf('#id_name'),
          says: '**Router Name**: write `edge`.',
        },
        {
          look: fieldOf('#id_admin_state_up'),
          says: '**Enable Admin State**: leave the tick. Without it the router carries nothing.',
        },
        {
          choose: 'public',
          from: '#id_external_network',
          frame: fieldOf('#id_external_network'),
          says: '**External Network**: choose **public**. This is the gateway. The commands of this page take a second line for it. A router without one has **Set Gateway** in its row, for later.',
        },
        {
          look: fieldOf('#id_az_hints'),
          says: '**Availability Zone Hints**: leave it. It says in which parts of the cloud the router may run.',
        },
        { click: `${DIALOG} input.btn-primary`, says: 'Click **Create Router**.' },
      ],
    },
    {
      picture: {
        name: 'created',
        alt: 'The list of routers, with edge and its external network public. Click the name edge.',
        of: CONTENT,
        when: row('edge'),
      },
      steps: [
        {
          click: `${row('edge')} a:text-is("edge")`,
          frame: `${row('edge')} td:has(a:text-is("edge"))`,
          says: 'Click the name **edge**.',
        },
      ],
    },
    {
      picture: {
        name: 'overview',
        alt: 'The page of the router edge. Read what stands under External Gateway, then click the tab Interfaces.',
        of: CONTENT,
        when: 'h4:has-text("External Gateway")',
      },
      steps: [
        {
          look: 'dl:has(dt:text-is("SNAT"))',
          says: 'Look below **External Gateway**. **IP Address** is the one that the router has outside. **SNAT** is **Enabled**. Only administrators are asked about it.',
        },
        { click: 'a[href$="__interfaces"]', says: 'Click the tab **Interfaces**.' },
      ],
    },
    {
      picture: {
        name: 'interfaces',
        alt: 'The tab Interfaces of the router, which is empty. Click Add Interface.',
        of: CONTENT,
        when: '#interfaces__action_create',
      },
      steps: [
        {
          click: '#interfaces__action_create',
          says: 'Click **Add Interface**. The gateway is not in the list: its port does not belong to your project.',
        },
      ],
    },
    {
      picture: {
        name: 'interface',
        alt: 'The form Add Interface with the subnet private-subnet. Choose it, then click Submit.',
        of: DIALOG,
        when: `${DIALOG} #id_ip_address`,
      },
      steps: [
        {
          choose: 'private',
          from: '#id_subnet_id',
          frame: fieldOf('#id_subnet_id'),
          says: '**Subnet**: choose **private: 10.0.0.0/24**.',
        },
        {
          look: fieldOf('#id_ip_address'),
          says: '**IP Address**: leave it empty. The router then gets the gateway address of the subnet, `10.0.0.1`.',
        },
        { click: `${DIALOG} input.btn-primary`, says: 'Click **Submit**.' },
      ],
    },
    {
      picture: {
        name: 'added',
        alt: 'The tab Interfaces again. Look at the interface with the address 10.0.0.1.',
        of: CONTENT,
        when: '#interfaces tr:has-text("Internal Interface")',
      },
      steps: [
        {
          look: '#interfaces tr:has-text("Internal Interface")',
          says: 'The router is in `private` now, at **10.0.0.1**. The pictures are from a cloud without agents, so **Status** is **Down**. On yours it turns **Active**.',
        },
      ],
    },
  ],
};

export default walkThrough;
