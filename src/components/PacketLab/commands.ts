import { quote } from '../Lab/quote';
import {
  addressOf,
  DEFAULT_GROUP,
  OUT,
  type LabCase,
  type LabGroup,
  type LabRule,
  type LabServer,
} from './case';
import { problemOf } from './rule';

/** The commands that make the case: its networks, groups and ports, and servers with them. */
export function commandsOf(labCase: LabCase): string[] {
  return [
    ...labCase.networks.flatMap((network) => networkCommands(network.name, labCase)),
    ...labCase.addressGroups.map(({ name, addresses }) =>
      [
        'openstack address group create',
        ...addresses.map((each) => `--address ${quote(each)}`),
        quote(name),
      ].join(' '),
    ),
    ...labCase.groups
      .filter(({ name }) => name !== 'default')
      .map(
        ({ name, stateful }) =>
          `openstack security group create ${stateful ? '' : '--stateless '}${quote(name)}`,
      ),
    ...labCase.groups.flatMap((group) => ruleCommands(group, labCase)),
    ...labCase.servers.flatMap(serverCommands),
  ];
}

function networkCommands(name: string, { servers, networks, routers }: LabCase): string[] {
  const here = servers.filter(({ network }) => network === name);
  const subnets = (['IPv4', 'IPv6'] as const).flatMap((ethertype) => {
    const address = here.map((server) => addressOf(server, ethertype)).find((each) => each !== undefined);
    if (address === undefined) return [];
    const [version, range] = ethertype === 'IPv4' ? [4, network24(address)] : [6, network64(address)];
    const subnet = `${name}-${version}`;
    return [
      {
        subnet,
        command: `openstack subnet create --network ${quote(name)} --ip-version ${version} --subnet-range ${range} ${quote(subnet)}`,
      },
    ];
  });
  const router = routers.find(
    (each) => each.name === networks.find((network) => network.name === name)?.router,
  );
  const first = networks.find((network) => network.router === router?.name)?.name === name;
  return [
    `openstack network create ${quote(name)}`,
    ...subnets.map(({ command }) => command),
    ...(router && first
      ? [
          `openstack router create ${router.outside === '' ? '' : '--external-gateway public '}${quote(router.name)}`,
        ]
      : []),
    ...(router
      ? subnets.map(({ subnet }) => `openstack router add subnet ${quote(router.name)} ${quote(subnet)}`)
      : []),
  ];
}

function network24(address: string): string {
  return `${address.split('.').slice(0, 3).join('.')}.0/24`;
}

function network64(address: string): string {
  const [head = ''] = address.split('::');
  return `${head.split(':').slice(0, 4).join(':')}::/64`;
}

/** A group has its two rules for the way out when it is made, the default group two more. */
function ruleCommands(group: LabGroup, labCase: LabCase): string[] {
  const name = quote(group.name);
  const given = group.name === 'default' ? DEFAULT_GROUP.rules : OUT;
  const missing = given.filter((rule) => !group.rules.some((each) => sameRule(each, rule)));
  return [
    ...missing.map(
      ({ direction, ethertype }) =>
        `openstack security group rule delete $(openstack security group rule list --${direction} --ethertype ${ethertype} -f value -c ID ${name})`,
    ),
    ...group.rules
      .filter((rule) => problemOf(rule, labCase) === '' && !given.some((each) => sameRule(each, rule)))
      .map((rule) => `openstack security group rule create ${[...ruleOptions(rule), name].join(' ')}`),
  ];
}

function sameRule(a: LabRule, b: LabRule): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function ruleOptions({ direction, ethertype, protocol, ports, remote }: LabRule): string[] {
  const [first = '', code] = ports.split('/');
  const icmp = /^(icmp|icmpv6|ipv6-icmp|1|58)$/.test(protocol);
  return [
    ...(direction === 'egress' ? ['--egress'] : []),
    ...(ethertype === 'IPv6' ? ['--ethertype IPv6'] : []),
    ...(protocol === '' ? [] : [`--protocol ${quote(protocol)}`]),
    ...(ports !== '' && !icmp ? [`--dst-port ${ports.replace('-', ':')}`] : []),
    ...(ports !== '' && icmp
      ? [`--icmp-type ${first}`, ...(code === undefined ? [] : [`--icmp-code ${code}`])]
      : []),
    ...(remote.startsWith('@') ? [`--remote-group ${quote(remote.slice(1))}`] : []),
    ...(remote.startsWith('#') ? [`--remote-address-group ${quote(remote.slice(1))}`] : []),
    ...(remote !== '' && !/^[@#]/.test(remote) ? [`--remote-ip ${remote}`] : []),
  ];
}

function serverCommands(server: LabServer): string[] {
  const port = quote(`${server.name}-port`);
  const words = [
    `openstack port create --network ${quote(server.network)}`,
    ...server.addresses.map((address) => `--fixed-ip ip-address=${address}`),
    ...(server.portSecurity
      ? server.groups.length === 0
        ? ['--no-security-group']
        : server.groups.map((group) => `--security-group ${quote(group)}`)
      : ['--no-security-group', '--disable-port-security']),
    ...server.pairs.map((address) => `--allowed-address ip-address=${address}`),
    port,
  ];
  return [
    words.join(' '),
    `openstack server create --image ${IMAGE} --flavor m1.tiny --port ${port} --wait ${quote(server.name)}`,
    ...(server.floating === '' ? [] : [`openstack floating ip create --port ${port} public`]),
  ];
}

const IMAGE = 'cirros';
