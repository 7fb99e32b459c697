import type { Clock } from '../clock';
import type { IdSource } from '../ids';
import { networkNotFound, securityGroupNotFound, subnetNotFound } from './errors';
import type { PolicyLookup, RequestContext, Target } from './policy';
import type {
  NetworkRecord,
  NetworkState,
  RbacPolicyRecord,
  SecurityGroupRecord,
  StandardAttributes,
  SubnetRecord,
} from './state';

/** Neutron's database as its callers see it: neutron/db and neutron_lib/db/model_query.py. */
export class NetworkDb implements PolicyLookup {
  constructor(
    readonly state: NetworkState,
    readonly clock: Clock,
    readonly ids: IdSource,
  ) {}

  /** Whole seconds. */
  now(): string {
    return this.clock
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  }

  /** What a new resource has beside its own. @param revision as the API shows it at first. */
  standardAttributes(kind: string, body: Target, revision: number): StandardAttributes {
    const now = this.now();
    return {
      id: this.ids.uuid(kind),
      project_id: String(body['project_id'] ?? ''),
      description: String(body['description'] ?? ''),
      tags: [],
      created_at: now,
      updated_at: now,
      revision_number: revision,
      standard_attr_id: ++this.state.standard_attr_id,
    };
  }

  /** Something about the resource has changed. */
  touch(record: Pick<StandardAttributes, 'updated_at' | 'revision_number'>): void {
    record.updated_at = this.now();
    record.revision_number++;
  }

  /** Whether somebody may query a thing: its project's, an administrator's, or one that is shared with her. */
  sees(
    context: RequestContext,
    record: Pick<StandardAttributes, 'id' | 'project_id'>,
    type?: string,
  ): boolean {
    if (context.isAdmin || record.project_id === context.projectId) return true;
    return (
      type !== undefined && this.#entries(type, record.id).some((entry) => targets(entry, context.projectId))
    );
  }

  /** Whether an RBAC policy shares a thing with a project: `is_network_shared`. */
  isShared(type: string, id: string, projectId: string): boolean {
    return this.#entries(type, id).some(
      (entry) => entry.action === 'access_as_shared' && targets(entry, projectId),
    );
  }

  #entries(type: string, id: string): RbacPolicyRecord[] {
    return this.state.rbac_policies.filter((entry) => entry.object_type === type && entry.object_id === id);
  }

  /** A thing belongs to everybody from now on, or no longer. */
  setWildcard(
    type: string,
    action: string,
    record: { id: string; project_id: string },
    wanted: boolean,
  ): void {
    const isWildcard = (entry: RbacPolicyRecord) =>
      entry.object_type === type &&
      entry.object_id === record.id &&
      entry.action === action &&
      entry.target_tenant === '*';
    const { rbac_policies } = this.state;
    if (rbac_policies.some(isWildcard) === wanted) return;
    if (!wanted) this.state.rbac_policies = rbac_policies.filter((entry) => !isWildcard(entry));
    else
      rbac_policies.push({
        id: this.ids.uuid('rbac-policy'),
        project_id: record.project_id,
        object_type: type,
        object_id: record.id,
        action,
        target_tenant: '*',
      });
  }

  /** Nothing refers to a thing that is gone. */
  forget(type: string, id: string): void {
    this.state.rbac_policies = this.state.rbac_policies.filter(
      (entry) => entry.object_type !== type || entry.object_id !== id,
    );
  }

  /** @throws {@link NeutronError} 404. */
  network(context: RequestContext, id: unknown): NetworkRecord {
    const network = this.state.networks.find((one) => one.id === id);
    if (network === undefined || !this.sees(context, network, 'network')) throw networkNotFound(id);
    return network;
  }

  seesSubnet(context: RequestContext, subnet: SubnetRecord): boolean {
    if (this.sees(context, subnet)) return true;
    // a subnet is as visible as its network
    const network = this.state.networks.find(({ id }) => id === subnet.network_id);
    return network !== undefined && this.sees(context, network, 'network');
  }

  /** @throws {@link NeutronError} 404. */
  subnet(context: RequestContext, id: unknown): SubnetRecord {
    const subnet = this.state.subnets.find((one) => one.id === id);
    if (subnet === undefined || !this.seesSubnet(context, subnet)) throw subnetNotFound(id);
    return subnet;
  }

  subnetsOf(networkId: string): SubnetRecord[] {
    return this.state.subnets.filter(({ network_id }) => network_id === networkId);
  }

  /** @throws {@link NeutronError} 404. */
  securityGroup(context: RequestContext, id: unknown): SecurityGroupRecord {
    const group = this.state.security_groups.find((one) => one.id === id);
    if (group === undefined || !this.sees(context, group, 'security_group')) throw securityGroupNotFound(id);
    return group;
  }

  parent(field: string, target: Target): unknown {
    if (field === 'network:tenant_id') {
      const network = this.state.networks.find(({ id }) => id === target['network_id']);
      if (network === undefined) throw networkNotFound(target['network_id'] ?? null);
      return network.project_id;
    }
    if (field === 'security_group:tenant_id') {
      const group = this.state.security_groups.find(({ id }) => id === target['security_group_id']);
      if (group === undefined) throw securityGroupNotFound(target['security_group_id'] ?? null);
      return group.project_id;
    }
    return undefined;
  }

  networkShared(target: Target): boolean | undefined {
    const network = this.state.networks.find(({ id }) => id === target['network_id']);
    if (network === undefined) return undefined;
    return this.isShared('network', network.id, String(target['project_id'] ?? ''));
  }
}

function targets(entry: RbacPolicyRecord, projectId: string): boolean {
  return entry.target_tenant === '*' || (projectId !== '' && entry.target_tenant === projectId);
}

/** Takes something out of a list. */
export function remove<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
}
