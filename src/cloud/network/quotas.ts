import type { NetworkDb } from './db';

/** neutron's own limits: neutron/conf/quota.py, in the order in which the API lists them. */
export const DEFAULT_QUOTAS = {
  network: 100,
  subnet: 100,
  subnetpool: -1,
  port: 500,
  router: 10,
  floatingip: 50,
  rbac_policy: 10,
  security_group: 10,
  security_group_rule: 100,
} as const;

export type QuotaName = keyof typeof DEFAULT_QUOTAS;

export function isQuota(name: string): name is QuotaName {
  return Object.hasOwn(DEFAULT_QUOTAS, name);
}

/** What a project may have; -1 is without limit. */
export function quotaLimit(db: NetworkDb, projectId: string, name: QuotaName): number {
  const set = Object.hasOwn(db.state.quotas, projectId) ? db.state.quotas[projectId]?.[name] : undefined;
  return set ?? DEFAULT_QUOTAS[name];
}

/** What a project has. */
export function quotaUsage(db: NetworkDb, projectId: string, name: QuotaName): number {
  const { state } = db;
  const lists: Record<QuotaName, readonly { project_id: string }[]> = {
    network: state.networks,
    subnet: state.subnets,
    subnetpool: state.subnetpools,
    port: state.ports,
    router: state.routers,
    floatingip: state.floatingips,
    rbac_policy: state.rbac_policies,
    security_group: state.security_groups,
    security_group_rule: state.security_group_rules,
  };
  return lists[name].filter(({ project_id }) => project_id === projectId).length;
}

/** Whether so many more would be too many. */
export function overQuota(db: NetworkDb, projectId: string, name: QuotaName, more: number): boolean {
  const limit = quotaLimit(db, projectId, name);
  return limit >= 0 && quotaUsage(db, projectId, name) + more > limit;
}
