import { json, type VolumeApi } from './call';
import { ZONE } from './create';
import { enforceAdmin } from './policy';

/** What there is beside volumes and their like, most of it lists that are empty here. */
export function mountServices(api: VolumeApi): void {
  const { repository } = api;

  api.route('/os-availability-zone', {
    GET: () => json({ availabilityZoneInfo: [{ zoneName: ZONE, zoneState: { available: true } }] }),
  });

  // cinder/api/contrib/services.py
  api.route('/os-services', {
    GET: ({ context, query }) => {
      enforceAdmin(context, 'volume_extension:services:index');
      const services = [
        { binary: 'cinder-volume', host: 'cloud@files' },
        { binary: 'cinder-scheduler', host: 'cloud' },
      ].filter(
        ({ binary, host }) =>
          [host, host.split('@')[0]].includes(query.get('host') ?? host) &&
          binary === (query.get('binary') ?? binary),
      );
      return json({
        services: services.map(({ binary, host }) => {
          const volume = binary === 'cinder-volume';
          return {
            binary,
            host,
            zone: ZONE,
            status: 'enabled',
            state: 'up',
            updated_at: repository.now(),
            ...(volume && context.version >= 49 && { backend_state: 'up' }),
            ...(context.version >= 7 && { cluster: null }),
            disabled_reason: null,
            ...(volume && { replication_status: 'disabled', active_backend_id: null, frozen: false }),
          };
        }),
      });
    },
  });

  for (const [path, key] of [
    ['/backups', 'backups'],
    ['/backups/detail', 'backups'],
    ['/os-volume-transfer', 'transfers'],
    ['/os-volume-transfer/detail', 'transfers'],
    ['/consistencygroups', 'consistencygroups'],
    ['/consistencygroups/detail', 'consistencygroups'],
    ['/cgsnapshots', 'cgsnapshots'],
    ['/cgsnapshots/detail', 'cgsnapshots'],
    ['/extensions', 'extensions'],
  ] as const) {
    api.route(path, { GET: () => json({ [key]: [] }) });
  }
  for (const [path, key, policy] of [
    ['/qos-specs', 'qos_specs', 'volume_extension:qos_specs_manage:get_all'],
    ['/scheduler-stats/get_pools', 'pools', 'scheduler_extension:scheduler_stats:get_pools'],
  ] as const) {
    api.route(path, {
      GET: ({ context }) => {
        enforceAdmin(context, policy);
        return json({ [key]: [] });
      },
    });
  }
  api.route('/messages', { GET: () => json({ messages: [] }) }, 3);
  api.route('/groups', { GET: () => json({ groups: [] }) }, 13);
  api.route('/groups/detail', { GET: () => json({ groups: [] }) }, 13);
  api.route('/group_types', { GET: () => json({ group_types: [] }) }, 11);
}
