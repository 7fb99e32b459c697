import { NETWORKS } from './panels';
import { CONTENT, DIALOG, fieldOf, row, type WalkThrough } from './walk-through';

const NEXT = `${DIALOG} .button-next`;

const walkThrough: WalkThrough = {
  name: 'create-network',
  start: NETWORKS.start,
  scenes: [
    NETWORKS.opening(
      {
        name: 'list',
        alt: 'The page Networks, with the network public. Click Create Network above the list.',
        when: '#networks__action_create',
      },
      { click: '#networks__action_create', says: 'click **Create Network**.' },
    ),
    {
      picture: {
        name: 'network',
        alt: 'The first step of Create Network, with the name private. Fill in the name, then click Next.',
        of: DIALOG,
        when: `${DIALOG} #id_net_name`,
      },
      steps: [
        {
          type: 'private',
          into: '#id_net_name',
          frame: fieldOf('#id_net_name'),
          says: '**Network Name**: write `private`. A name need not be unique.',
        },
        {
          look: fieldOf('#id_admin_state'),
          says: '**Enable Admin State**: leave the tick. Without it the network is made, but carries nothing.',
        },
        {
          look: fieldOf('#id_with_subnet'),
          says: '**Create Subnet**: leave the tick. A network without a subnet has no addresses to give. Without the tick the form ends here.',
        },
        {
          look: fieldOf('#id_az_hints'),
          says: '**Availability Zone Hints**: leave it. It says in which parts of the cloud the DHCP of the network may run. Here there is nothing to choose.',
        },
        {
          look: fieldOf('#id_mtu'),
          says: '**MTU**: leave it empty. It is the longest packet, in bytes, and the cloud knows what it can carry.',
        },
        { click: NEXT, says: 'Click **Next**.' },
      ],
    },
    {
      picture: {
        name: 'subnet',
        alt: 'The second step, Subnet: the name private-subnet and the network address 10.0.0.0/24. Fill these in, then click Next.',
        of: DIALOG,
        when: `${DIALOG} #id_cidr`,
      },
      steps: [
        {
          type: 'private-subnet',
          into: '#id_subnet_name',
          frame: fieldOf('#id_subnet_name'),
          says: '**Subnet Name**: write `private-subnet`.',
        },
        {
          type: '10.0.0.0/24',
          into: '#id_cidr',
          frame: fieldOf('#id_cidr'),
          says: '**Network Address**: write `10.0.0.0/24`, the range. Take one that no other network of yours has: a router cannot join two that overlap. A cloud with ready-made ranges asks for **Network Address Source** before.',
        },
        { look: fieldOf('#id_ip_version'), says: '**IP Version**: leave **IPv4**, that of the range.' },
        {
          look: fieldOf('#id_gateway_ip'),
          says: '**Gateway IP**: leave it empty. Servers send there what is to leave the network. Empty means the first address, `10.0.0.1`.',
        },
        {
          look: fieldOf('#id_no_gateway'),
          says: '**Disable Gateway**: leave it. It is for a network that nothing shall leave. The dashboard then offers this subnet to no router.',
        },
        { click: NEXT, says: 'Click **Next**.' },
      ],
    },
    {
      picture: {
        name: 'details',
        alt: 'The third step, Subnet Details: DHCP is ticked, all else is empty. Leave it so, and click Create.',
        of: DIALOG,
        when: `${DIALOG} #id_allocation_pools`,
      },
      steps: [
        {
          look: fieldOf('#id_enable_dhcp'),
          says: '**Enable DHCP**: leave the tick. Servers ask for their address when they start, and the cloud tells them.',
        },
        {
          look: fieldOf('#id_allocation_pools'),
          says: '**Allocation Pools**: leave it empty. These are the addresses that servers may get, one pool in each line, such as `10.0.0.100,10.0.0.199`. Empty means all but the gateway.',
        },
        {
          look: fieldOf('#id_dns_nameservers'),
          says: '**DNS Name Servers**: leave it empty. Servers ask these for names, one address in each line. Empty leaves it to the cloud.',
        },
        {
          look: fieldOf('#id_host_routes'),
          says: '**Host Routes**: leave it empty. These are more routes for servers, one in each line, such as `192.168.5.0/24,10.0.0.254`: where to, and through which address.',
        },
        {
          click: `${DIALOG} .button-final`,
          says: 'Click **Create**. The network comes first, then the subnet. If that fails, the dashboard deletes the network again.',
        },
      ],
    },
    {
      picture: {
        name: 'created',
        alt: 'The list of networks again. Look at the row of private: its subnet is there, and it is not external.',
        of: CONTENT,
        when: row('private'),
      },
      steps: [
        {
          look: row('private'),
          says: 'Look at the row of `private`: its subnet is there, and **External** says **No**. `public` is the one that the administrator made.',
        },
      ],
    },
  ],
};

export default walkThrough;
