/** The Shared File Systems side of every start state, embedded or real: `real-cloud/` gives manila's dummy driver the same. */

/** What kinds of shares there are. The first one is that of shares whose maker names none: `default_share_type`. */
export const SHARE_TYPES = [
  {
    name: 'default',
    extra_specs: {
      driver_handles_share_servers: 'False',
      snapshot_support: 'True',
      create_share_from_snapshot_support: 'True',
      revert_to_snapshot_support: 'True',
    },
  },
  // says nothing of snapshots; `snapshot_support: 'False'` would ask for a back end that cannot make them
  { name: 'no-snapshots', extra_specs: { driver_handles_share_servers: 'False' } },
] as const;

/** Where the services run. One host, one back end with one pool; all of them in the zone {@link SHARE_ZONE}. */
export const SHARE_HOST = 'cloud';
export const SHARE_ZONE = 'nova';
export const SHARE_PROTOCOLS = ['NFS', 'CIFS'] as const;

/** A section of manila.conf with the dummy driver. */
export const SHARE_BACKEND = {
  section: 'dummy1',
  share_backend_name: 'DUMMY1',
  driver_handles_share_servers: false,
  /** Seconds that each of the driver's methods takes; the others take none. */
  methods_delays: { create_share: 0.3 },
  /** What the driver says it has, in GiB. */
  pool: { pool_name: 'fake_pool_for_DUMMY1', total_capacity_gb: 1230, free_capacity_gb: 1210 },
} as const;
