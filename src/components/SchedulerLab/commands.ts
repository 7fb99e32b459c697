import { quote } from '../Lab/quote';
import { START, type LabCase, type LabHost, type Pair } from './case';

/** What makes a case on a cloud. */
export interface Recipe {
  /** What everybody may do with an image of their own. */
  image: string[];
  /** The server itself. */
  server: string[];
  /** What only an administrator may do. */
  admin: string[];
  /** What stands in nova.conf on the controllers, empty if nothing has to. */
  conf: string;
}

/** The commands that make the case. Hosts are given: what they advertise is no command. */
export function recipeOf(labCase: LabCase): Recipe {
  const { image, flavor, hints, zone, group, aggregates } = labCase;
  const properties = options('--property', image.properties);
  const ownFlavor = flavor !== START.flavor;
  const flavorName = ownFlavor ? 'lab' : 'm1.tiny';
  const imageName = quote(image.name);
  const schedulerHints = [
    ...options('--hint', hints),
    ...(group.policy === '' ? [] : ['--hint group=$(openstack server group show lab -f value -c id)']),
  ];
  return {
    image: properties.length === 0 ? [] : [`openstack image set ${properties.join(' ')} ${imageName}`],
    server: [
      ...(group.policy === '' ? [] : [`openstack server group create --policy ${quote(group.policy)} lab`]),
      [
        `openstack server create --image ${imageName} --flavor ${flavorName}`,
        ...(zone === '' ? [] : [`--availability-zone ${quote(zone)}`]),
        ...schedulerHints,
        '--no-network --wait lab',
      ].join(' '),
    ],
    admin: [
      ...(ownFlavor
        ? [
            [
              `openstack flavor create --ram ${flavor.ram} --vcpus ${flavor.vcpus} --disk ${flavor.disk}`,
              ...options('--property', flavor.extraSpecs),
              flavorName,
            ].join(' '),
          ]
        : []),
      ...aggregates.flatMap(({ name, hosts, metadata }) => [
        ['openstack aggregate create', ...options('--property', metadata), quote(name)].join(' '),
        ...hosts.map((host) => `openstack aggregate add host ${quote(name)} ${quote(host)}`),
      ]),
      ...labCase.hosts.flatMap(disabling),
    ],
    conf: confOf(labCase.settings),
  };
}

function disabling({ name, disabled }: LabHost): string[] {
  return disabled ? [`openstack compute service set --disable ${quote(name)} nova-compute`] : [];
}

function options(option: string, pairs: readonly Pair[]): string[] {
  return pairs
    .filter(([name]) => name !== '')
    .map(([name, value]) => `${option} ${quote(`${name}=${value}`)}`);
}

function confOf(settings: readonly Pair[]): string {
  const sections = new Map<string, string[]>();
  for (const [name, value] of settings) {
    const point = name.indexOf('.');
    const section = name.slice(0, point);
    const lines = sections.get(section) ?? [];
    sections.set(section, [...lines, `${name.slice(point + 1)} = ${value}`]);
  }
  return [...sections].map(([section, lines]) => [`[${section}]`, ...lines].join('\n')).join('\n\n');
}
