import type { CloudState } from '../../cloud/cloud';
import { usages } from '../../cloud/compute/hosts';
import { DRIVER_TRAITS } from '../../cloud/compute/initial-state';
import { str } from '../../cloud/compute/python/text';
import { isList } from '../../cloud/compute/python/values';
import { convertVersionToStr } from '../../cloud/compute/python/versionutils';
import type { ComputeState, ServerRecord } from '../../cloud/compute/state';
import { START, type LabCase, type LabHost, type Pair } from './case';
import { toFragment } from './link';

/** nova keeps these with a server's image properties; they are none. */
const NO_PROPERTIES = new Set(['min_ram', 'min_disk', 'disk_format', 'container_format', 'base_image_ref']);

/**
 * The lab's link to a server of a sandbox that found no host.
 *
 * @param output what the command printed: a server that it names is the one that is meant, else it is the last one.
 * @returns the fragment without `#`; undefined if there is no such server.
 */
export function fragmentFor(cloud: CloudState, output: string): string | undefined {
  const refused = (cloud.compute?.servers ?? []).filter(
    ({ fault, deleted }) => !deleted && fault?.message.startsWith('No valid host was found') === true,
  );
  const server = refused.find(({ id }) => output.includes(id)) ?? refused.at(-1);
  if (cloud.compute === undefined || server === undefined) return undefined;
  return toFragment(caseOf(cloud, cloud.compute, server));
}

function caseOf(cloud: CloudState, compute: ComputeState, server: ServerRecord): LabCase {
  const hosts = labHosts(compute);
  const hints = Object.entries(server.scheduler_hints ?? {}).flatMap(([hint, value]): Pair[] =>
    (isList(value) ? value : [value]).map((each): Pair => [hint, str(each)]),
  );
  const groupId = hints.find(([hint]) => hint === 'group')?.[1];
  const group = compute.server_groups.find(({ uuid }) => uuid === groupId);
  const { flavor } = server;
  return {
    ...START,
    hosts,
    count: hosts.length,
    aggregates: compute.aggregates.map(({ name, hosts: members, metadata }) => ({
      name,
      hosts: members,
      metadata: Object.entries(metadata),
    })),
    image: {
      name: cloud.image.images.find(({ id }) => id === server.image_ref)?.name ?? START.image.name,
      format: server.image_properties['disk_format'] ?? START.image.format,
      properties: Object.entries(server.image_properties).filter(([name]) => !NO_PROPERTIES.has(name)),
    },
    flavor: {
      ram: flavor.memory_mb,
      vcpus: flavor.vcpus,
      disk: flavor.root_gb + flavor.ephemeral_gb,
      extraSpecs: Object.entries(flavor.extra_specs),
    },
    hints: hints.filter(([hint]) => hint !== 'group'),
    zone: server.pinned_availability_zone ?? '',
    group: {
      policy: group?.policy ?? '',
      members: (group?.members ?? []).filter((id) => id !== server.id),
    },
    settings: Object.entries(compute.conf).map(([name, value]): Pair => [
      name,
      isList(value) ? value.map(str).join(',') : str(value),
    ]),
  };
}

function labHosts(compute: ComputeState): LabHost[] {
  const used = usages(compute);
  return compute.nodes.map((node): LabHost => {
    const usage = used.get(node.host);
    const service = compute.services.find(
      ({ binary, host }) => binary === 'nova-compute' && host === node.host,
    );
    return {
      name: node.host,
      supported: node.supported_instances,
      type: node.hypervisor_type,
      version: convertVersionToStr(node.hypervisor_version),
      traits: node.traits.filter((trait) => !DRIVER_TRAITS.includes(trait)),
      vcpus: node.vcpus,
      vcpusUsed: usage?.vcpus ?? 0,
      ram: node.memory_mb,
      ramUsed: node.reserved_host_memory_mb + (usage?.memory_mb ?? 0),
      disk: node.local_gb,
      diskUsed: usage?.local_gb ?? 0,
      disabled: service?.disabled ?? false,
      down: service?.forced_down ?? true,
      servers: (usage?.servers ?? []).map(({ id }) => id),
    };
  });
}
