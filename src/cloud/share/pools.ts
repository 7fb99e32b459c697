import { SHARE_BACKEND, SHARE_HOST } from '../states/share';

/** The pool as everything that lives in it names it. */
export const POOL_HOST = `${SHARE_HOST}@${SHARE_BACKEND.section}#${SHARE_BACKEND.pool.pool_name}`;

/** What the share service last said of its pool: `get_share_stats` of manila's dummy driver. */
export function capabilities(timestamp: string): Record<string, unknown> {
  const { pool } = SHARE_BACKEND;
  return {
    pool_name: pool.pool_name,
    total_capacity_gb: pool.total_capacity_gb,
    free_capacity_gb: pool.free_capacity_gb,
    reserved_percentage: 0,
    reserved_snapshot_percentage: 0,
    reserved_share_extend_percentage: 0,
    share_backend_name: SHARE_BACKEND.share_backend_name,
    storage_protocol: 'NFS_CIFS',
    vendor_name: 'Open Source',
    driver_version: '1.0',
    timestamp,
    driver_handles_share_servers: SHARE_BACKEND.driver_handles_share_servers,
    snapshot_support: true,
    create_share_from_snapshot_support: true,
    revert_to_snapshot_support: true,
    mount_snapshot_support: true,
    dedupe: false,
    compression: false,
    replication_type: null,
    replication_domain: null,
    sg_consistent_snapshot_support: 'pool',
    security_service_update_support: true,
    network_allocation_update_support: true,
    share_server_multiple_subnet_support: true,
    share_replicas_migration_support: true,
    ipv4_support: true,
    ipv6_support: false,
  };
}
