/** Commands about what a project may use: openstackclient/common/limits.py and availability_zone.py. */
import { EndpointNotFound, ForbiddenException, NETWORK_KINDS, type AvailabilityZone } from '../../../client';
import type { Cell } from '../../formatters/columns';
import { compareStrings, type Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand } from '../command';
import { findDomain } from '../identity/common';
import { findResource, keystone, managers } from '../identity/keystone';
import { network } from '../network/sdk';
import { compute, hasEndpoint, request } from './client';
import { flag, opt } from './options';

/** Limits by the SDK's names, and by those that the API has for them. */
const ABSOLUTE: Readonly<Record<string, string>> = {
  image_meta: 'maxImageMeta', max_image_meta: 'maxImageMeta', personality: 'maxPersonality',
  personality_size: 'maxPersonalitySize', security_group_rules: 'maxSecurityGroupRules',
  max_security_group_rules: 'maxSecurityGroupRules', security_groups: 'maxSecurityGroups',
  max_security_groups: 'maxSecurityGroups', security_groups_used: 'totalSecurityGroupsUsed',
  total_security_groups_used: 'totalSecurityGroupsUsed', server_meta: 'maxServerMeta', max_server_meta: 'maxServerMeta',
  total_cores: 'maxTotalCores', max_total_cores: 'maxTotalCores', total_cores_used: 'totalCoresUsed',
  floating_ips: 'maxTotalFloatingIps', max_total_floating_ips: 'maxTotalFloatingIps',
  floating_ips_used: 'totalFloatingIpsUsed', total_floating_ips_used: 'totalFloatingIpsUsed',
  instances: 'maxTotalInstances', max_total_instances: 'maxTotalInstances', instances_used: 'totalInstancesUsed',
  total_instances_used: 'totalInstancesUsed', keypairs: 'maxTotalKeypairs', max_total_keypairs: 'maxTotalKeypairs',
  total_ram: 'maxTotalRAMSize', max_total_ram_size: 'maxTotalRAMSize', total_ram_used: 'totalRAMUsed',
  server_groups: 'maxServerGroups', max_server_groups: 'maxServerGroups', server_groups_used: 'totalServerGroupsUsed',
  total_server_groups_used: 'totalServerGroupsUsed', server_group_members: 'maxServerGroupMembers',
  max_server_group_members: 'maxServerGroupMembers',
}; // prettier-ignore
const VOLUME: Readonly<Record<string, string>> = {
  max_total_backup_gigabytes: 'maxTotalBackupGigabytes', max_total_backups: 'maxTotalBackups',
  max_total_snapshots: 'maxTotalSnapshots', max_total_volume_gigabytes: 'maxTotalVolumeGigabytes',
  max_total_volumes: 'maxTotalVolumes', total_backup_gigabytes_used: 'totalBackupGigabytesUsed',
  total_backups_used: 'totalBackupsUsed', total_gigabytes_used: 'totalGigabytesUsed',
  total_snapshots_used: 'totalSnapshotsUsed', total_volumes_used: 'totalVolumesUsed',
}; // prettier-ignore

type Numbers = Readonly<Record<string, Value>>;
type Rate = { uri: string; limit: Numbers[] };

/** `openstack limits show` */
export const showLimits: ListerCommand = {
  name: 'limits show',
  upstream: 'openstackclient.common.limits.ShowLimits',
  kind: 'lister',
  description: 'Show what a project may use of Compute and Volume, and what it uses',
  arguments: [
    flag('absolute', 'How much in all', { dest: 'is_absolute', exclusive: 'type', exclusiveRequired: true }),
    flag('rate', 'How many requests in a time', {
      dest: 'is_rate',
      exclusive: 'type',
      exclusiveRequired: true,
    }),
    flag('reserved', 'With --absolute: count what is reserved as used', { dest: 'is_reserved' }),
    opt('project', 'Project to look at (name or ID)'),
    opt('domain', 'Domain of the project (name or ID)'),
  ],
  async run(app, args) {
    const name = args.string('project');
    const domain = args.string('domain');
    const query =
      domain === undefined || name === undefined
        ? {}
        : { domain_id: (await findDomain(keystone(app), domain)).id };
    const project =
      name === undefined ? undefined : (await findResource(managers(keystone(app)).projects, name, query)).id;
    const fields = new Map<string, Value>();
    const rates: Rate[] = [];
    if (await hasEndpoint(app, 'compute')) {
      const limits = await compute(app).limits({
        reserved: args.flag('is_reserved'),
        tenant_id: project ?? null,
      });
      for (const [sdk, wire] of Object.entries(ABSOLUTE)) fields.set(sdk, limits.absolute[wire] ?? null);
      rates.push(...(limits.rate as Rate[])); // JSON of the API
    }
    if (await hasEndpoint(app, 'block-storage')) {
      const body = await request(
        app,
        'block-storage',
        '/limits',
        project === undefined ? {} : { query: { project_id: project } },
      );
      const limits = body.limits as { absolute: Numbers; rate: Rate[] }; // the API's contract
      for (const [sdk, wire] of Object.entries(VOLUME)) fields.set(sdk, limits.absolute[wire] ?? null);
      rates.push(...limits.rate);
    }
    if (args.flag('is_absolute'))
      return {
        columns: ['Name', 'Value'],
        rows: [...fields].sort(([a], [b]) => compareStrings(a, b)),
        inList: true,
      };
    return {
      columns: ['Verb', 'URI', 'Value', 'Remain', 'Unit', 'Next Available'],
      inList: true,
      rows: rates.flatMap(({ uri, limit }) =>
        limit.map((one): Cell[] => [
          one.verb ?? null,
          uri,
          one.value ?? null,
          one.remaining ?? null,
          one.unit ?? null,
          one['next-available'] ?? one.next_available ?? null,
        ]),
      ),
    };
  },
};

type Zone = Readonly<Record<string, Value>>;

/** `openstack availability zone list` */
export const listAvailabilityZone: ListerCommand = {
  name: 'availability zone list',
  upstream: 'openstackclient.common.availability_zone.ListAvailabilityZone',
  kind: 'lister',
  description: 'List the availability zones of all services',
  arguments: [
    flag('compute', 'Zones of Compute only'),
    flag('network', 'Zones of Network only'),
    flag('volume', 'Zones of Volume only'),
    flag('long', 'More columns'),
  ],
  async run(app, args) {
    const all = !args.flag('compute') && !args.flag('volume') && !args.flag('network');
    const more = args.flag('long');
    const zones: Zone[] = [];
    if (all || args.flag('compute')) zones.push(...(await computeZones(app, more)));
    if (all || args.flag('volume')) zones.push(...(await volumeZones(app, args.flag('volume'))));
    if (all || args.flag('network')) zones.push(...(await networkZones(app, args.flag('network'))));
    const columns = ['Zone Name', 'Zone Status'];
    if (more) columns.push('Zone Resource', 'Host Name', 'Service Name', 'Service Status');
    const keys = columns.map((column) => column.toLowerCase().replace(' ', '_'));
    return {
      columns,
      rows: zones.map((zone) => keys.map((key) => (key in zone ? (zone[key] ?? null) : ''))),
    };
  },
};

const available = (yes: boolean) => (yes ? 'available' : 'not available');

async function computeZones(app: App, more: boolean): Promise<Zone[]> {
  let zones: AvailabilityZone[];
  try {
    zones = await compute(app).availabilityZones(true);
  } catch (error) {
    if (!(error instanceof ForbiddenException)) throw error;
    zones = await compute(app).availabilityZones();
  }
  return zones.flatMap(({ zoneName, zoneState, hosts }) => {
    const zone = { zone_name: zoneName, zone_status: available(zoneState.available) };
    if (!more) return [zone];
    if (hosts === null || Object.keys(hosts).length === 0)
      return [{ ...zone, host_name: '', service_name: '', service_status: '' }];
    return Object.entries(hosts).flatMap(([host_name, services]) =>
      Object.entries(services).map(([service_name, state]) => ({
        ...zone,
        host_name,
        service_name,
        service_status: `${state.active ? 'enabled' : 'disabled'} ${state.available ? ':-)' : 'XXX'} ${state.updated_at ?? 'None'}`,
      })),
    );
  });
}

async function volumeZones(app: App, asked: boolean): Promise<Zone[]> {
  try {
    const body = await request(app, 'block-storage', '/os-availability-zone', {
      headers: { Accept: 'application/json' },
    });
    const zones = body.availabilityZoneInfo as { zoneName: string; zoneState: { available: boolean } }[]; // the API's contract
    return zones.map(({ zoneName, zoneState }) => ({
      zone_name: zoneName,
      zone_status: available(zoneState.available),
    }));
  } catch {
    if (asked) app.log('warning', 'Availability zones list not supported by Block Storage API');
    return [];
  }
}

async function networkZones(app: App, asked: boolean): Promise<Zone[]> {
  const client = network(app);
  try {
    await client.find(NETWORK_KINDS.Extension, 'Availability Zone', { ignoreMissing: false });
  } catch (error) {
    if (asked && !(error instanceof EndpointNotFound))
      app.log('warning', 'Availability zones list not supported by Network API');
    return [];
  }
  const zones = await client.list<{ name: string; state: string; resource: string }>(
    NETWORK_KINDS.AvailabilityZone,
  );
  return zones.map(({ name: zone_name, state, resource }) => ({
    zone_name,
    zone_status: state === 'unavailable' ? 'not available' : state,
    zone_resource: resource,
  }));
}
