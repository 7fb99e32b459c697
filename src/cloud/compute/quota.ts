import type { ComputeState, FlavorRecord } from './state';
import { forbidden } from './errors';

/** What a project may have: nova/conf/quota.py. */
export const DEFAULT_QUOTAS = {
  instances: 10,
  cores: 20,
  ram: 51200,
  metadata_items: 128,
  key_pairs: 100,
  server_groups: 10,
  server_group_members: 10,
  injected_files: 5,
  injected_file_content_bytes: 10240,
  injected_file_path_bytes: 255,
  fixed_ips: -1,
  floating_ips: -1,
  security_groups: -1,
  security_group_rules: -1,
};

export type Resource = keyof typeof DEFAULT_QUOTAS;

/** How much of a resource a project may have; -1 is without limit. */
export function limitOf(state: ComputeState, projectId: string, resource: Resource): number {
  const own = state.quotas[projectId];
  return own?.[resource] ?? DEFAULT_QUOTAS[resource];
}

export interface ProjectUsage {
  instances: number;
  cores: number;
  ram: number;
}

export function usageOf(state: ComputeState, projectId: string): ProjectUsage {
  const servers = state.servers.filter((server) => !server.deleted && server.project_id === projectId);
  return {
    instances: servers.length,
    cores: servers.reduce((sum, { flavor }) => sum + flavor.vcpus, 0),
    ram: servers.reduce((sum, { flavor }) => sum + flavor.memory_mb, 0),
  };
}

/**
 * How many servers may be made, at least `min`: `check_num_instances_quota` of nova/compute/utils.py.
 *
 * @throws {@link NovaError} 403.
 */
export function checkServersQuota(
  state: ComputeState,
  projectId: string,
  flavor: Pick<FlavorRecord, 'vcpus' | 'memory_mb'>,
  min: number,
  max: number,
): number {
  const used = usageOf(state, projectId);
  const each = { instances: 1, cores: flavor.vcpus, ram: flavor.memory_mb };
  const names = ['cores', 'instances', 'ram'] as const;
  const limits = Object.fromEntries(names.map((name) => [name, limitOf(state, projectId, name)]));
  const limit = (name: (typeof names)[number]): number => limits[name] ?? -1;
  const overs = names.filter((name) => limit(name) >= 0 && used[name] + each[name] * max > limit(name));
  if (overs.length === 0) return max;
  const fits = names.map((name) =>
    limit(name) < 0 ? Infinity : Math.floor((limit(name) - used[name]) / each[name]),
  );
  const allowed = Math.min(...fits);
  if (allowed > 0 && min <= allowed && allowed <= max) return allowed;
  const requested = {
    instances: min === max ? String(min) : `${min}-${max}`,
    cores: String(max * each.cores),
    ram: String(max * each.ram),
  };
  const over = overs.join(', ');
  throw forbidden(
    `Quota exceeded for ${over}: Requested ${overs.map((name) => requested[name]).join(', ')}, but already used ` +
      `${overs.map((name) => used[name]).join(', ')} of ${overs.map(limit).join(', ')} ${over}`,
  );
}
