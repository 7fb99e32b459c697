import type { PresetId } from './preset-ids';
import { ENABLED_FILTERS, START, type LabCase, type LabHost } from './case';

/** A case that surprises, and what to look at in it. */
export interface Preset {
  /** Its name in a link: `#preset-arm`. */
  id: PresetId;
  title: string;
  /** One sentence. */
  look: string;
  case: LabCase;
}

const image = (properties: { [name: string]: string }): LabCase['image'] => ({
  ...START.image,
  properties: Object.entries(properties),
});

const isolated = 'AggregateImagePropertiesIsolation';
const defaultFilters = [
  'ComputeFilter',
  'ComputeCapabilitiesFilter',
  'ImagePropertiesFilter',
  'ServerGroupAntiAffinityFilter',
  'ServerGroupAffinityFilter',
];

const xen: LabHost = {
  ...START.hosts[3]!, // the course has four hosts
  name: 'compute-xen',
  supported: [
    ['x86_64', 'xen', 'xen'],
    ['i686', 'kvm', 'hvm'],
  ],
  type: 'Xen',
  version: '4.17.0',
};

/** The usual surprises. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'none',
    title: 'No property: every host passes',
    look: 'An image without properties fits everywhere, on ARM as well: ImagePropertiesFilter refuses nobody, and the server may land where it cannot boot.',
    case: START,
  },
  {
    id: 'fits',
    title: 'One architecture',
    look: 'Three of the four hosts fall at ImagePropertiesFilter; each says what it supports.',
    case: { ...START, image: image({ hw_architecture: 'aarch64' }) },
  },
  {
    id: 'arm',
    title: '“arm” is no architecture',
    look: 'No host is even asked: the Compute API answers 400, because nova calls it aarch64 (64 bits) or armv7l (32 bits).',
    case: { ...START, image: image({ hw_architecture: 'arm' }) },
  },
  {
    id: 'invalid',
    title: 'A bad value is a 400, not a NoValidHost',
    look: 'hw_disk_bus has nothing to do with choosing a host, yet a value that nova does not know stops the request before any filter runs.',
    case: { ...START, image: image({ hw_architecture: 'x86_64', hw_disk_bus: 'nvme' }) },
  },
  {
    id: 'version',
    title: 'A version alone is ignored',
    look: 'No hypervisor is that new, and all hosts pass: without architecture, hypervisor type or VM mode nobody looks at the version. Add hw_architecture = x86_64 and see.',
    case: { ...START, image: image({ img_hv_requested_version: '>=99' }) },
  },
  {
    id: 'tuple',
    title: 'One combination must hold everything',
    look: 'compute-xen supports x86_64, and it supports kvm, but not together: it falls although each value is on its card.',
    case: {
      ...START,
      hosts: [...START.hosts, xen],
      count: START.hosts.length + 1,
      image: image({ hw_architecture: 'x86_64', img_hv_type: 'kvm' }),
    },
  },
  {
    id: 'trait',
    title: 'A trait needs exactly “required”',
    look: 'trait:HW_CPU_X86_AVX2 is set to true, and every host passes, with the feature or without. Write required instead: only compute-2 is left.',
    case: { ...START, image: image({ 'trait:HW_CPU_X86_AVX2': 'true' }) },
  },
  {
    id: 'isolation',
    title: 'Isolation that does not isolate',
    look: 'compute-2 should be for Windows only. This image does not say what it is, so it may go there too: AggregateImagePropertiesIsolation lets an image without the property pass.',
    case: {
      ...START,
      image: image({ hw_architecture: 'x86_64' }),
      aggregates: [{ name: 'windows', hosts: ['compute-2'], metadata: [['os_type', 'windows']] }],
      settings: [[ENABLED_FILTERS, [...defaultFilters, isolated].join(',')]],
    },
  },
  {
    id: 'reserve',
    title: 'Isolation that does',
    look: 'The same aggregate with trait:CUSTOM_WINDOWS=required and the pre-filter for isolated aggregates: only who requires the trait gets in.',
    case: {
      ...START,
      hosts: START.hosts.map((host) =>
        host.name === 'compute-2' ? { ...host, traits: [...host.traits, 'CUSTOM_WINDOWS'] } : host,
      ),
      image: image({ hw_architecture: 'x86_64' }),
      aggregates: [
        { name: 'windows', hosts: ['compute-2'], metadata: [['trait:CUSTOM_WINDOWS', 'required']] },
      ],
      settings: [['scheduler.enable_isolated_aggregate_filtering', 'true']],
    },
  },
  {
    id: 'nowhere',
    title: 'No valid host was found',
    look: 'Every property is legal, and together they fit nowhere: read on each card which one it was.',
    case: {
      ...START,
      image: image({ hw_architecture: 'aarch64', img_hv_type: 'vmware' }),
    },
  },
];
