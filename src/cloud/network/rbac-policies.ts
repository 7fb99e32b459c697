import type { NetworkDb } from './db';
import { remove } from './db';
import { conflict, invalid, invalidInput, notFound } from './errors';
import type { RequestContext } from './policy';
import { repr } from '../../python/repr';
import { text } from './python';
import type { Resource } from './resource';
import type { RbacPolicyRecord } from './state';

const SHARED = 'access_as_shared';
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  network: [SHARED, 'access_as_external'],
  security_group: [SHARED],
  address_group: [SHARED],
  subnetpool: [SHARED],
  address_scope: [SHARED],
  qos_policy: [SHARED],
};

/** Things that one project shares with others: neutron/db/rbac_db_mixin.py. */
export function rbacPolicies(db: NetworkDb): Resource<RbacPolicyRecord> {
  const { state } = db;
  return {
    name: 'rbac_policy',
    collection: 'rbac_policies',
    path: 'rbac-policies',
    lenientMarker: true,
    list: (context) => state.rbac_policies.filter((policy) => db.sees(context, policy)),
    get(context, id) {
      const policy = state.rbac_policies.find((one) => one.id === id);
      if (policy === undefined || !db.sees(context, policy))
        throw notFound('RbacPolicyNotFound', `RBAC policy of type unknown with ID ${id} not found`);
      return policy;
    },
    view: (policy) => ({
      id: policy.id,
      project_id: policy.project_id,
      action: policy.action,
      object_id: policy.object_id,
      target_tenant: policy.target_tenant,
      object_type: policy.object_type,
      tenant_id: policy.project_id,
    }),
    create(context, body) {
      const type = text(body['object_type']);
      const actions = ACTIONS[type] ?? [];
      const made: RbacPolicyRecord = {
        id: '',
        project_id: text(body['project_id']),
        object_type: type,
        object_id: text(body['object_id']),
        action: text(body['action']),
        target_tenant: text(body['target_tenant']),
      };
      checkObject(db, context, made);
      if (!actions.includes(made.action))
        throw invalid(
          'InvalidActionForType',
          `Invalid action '${made.action}' for object type '${type}'. Valid actions: (${actions.map(repr).join(', ')}${actions.length === 1 ? ',' : ''})`,
        );
      const same = (one: RbacPolicyRecord) =>
        one.object_type === type &&
        one.object_id === made.object_id &&
        one.action === made.action &&
        one.target_tenant === made.target_tenant;
      if (state.rbac_policies.some(same))
        throw conflict('DuplicateRbacPolicy', 'An RBAC policy already exists with those values.');
      made.id = db.ids.uuid('rbac-policy');
      state.rbac_policies.push(made);
      follow(db, made);
      return made;
    },
    update(context, policy, body) {
      checkObject(db, context, policy);
      if (typeof body['target_tenant'] !== 'string') return;
      checkUnused(db, policy);
      policy.target_tenant = body['target_tenant'];
    },
    delete(_, policy) {
      checkUnused(db, policy);
      remove(state.rbac_policies, policy);
      follow(db, policy);
    },
  };
}

/** The thing must be there, and one's own. */
function checkObject(db: NetworkDb, context: RequestContext, policy: RbacPolicyRecord): void {
  const { state } = db;
  const lists: Record<string, readonly { id: string; project_id: string }[]> = {
    network: state.networks,
    security_group: state.security_groups,
    address_group: state.address_groups,
    subnetpool: state.subnetpools,
    address_scope: state.address_scopes,
  };
  const found = (lists[policy.object_type] ?? []).find(({ id }) => id === policy.object_id);
  if (found === undefined)
    throw notFound(
      'RbacPolicyNotFound',
      `RBAC policy of type ${policy.object_type} with ID ${policy.object_id} not found`,
    );
  // the real one names the functions that said so, with numbers that differ from run to run
  if (found.project_id !== context.projectId && !context.isAdmin)
    throw invalidInput('Only admins can manipulate policies on objects they do not own');
}

/** Somebody who uses a thing keeps it. */
function checkUnused(db: NetworkDb, policy: RbacPolicyRecord): void {
  if (policy.action !== SHARED) return;
  const others = db.state.rbac_policies.filter(
    (one) => one !== policy && one.object_id === policy.object_id && one.action === SHARED,
  );
  const isStill = (project: string) =>
    others.some(({ target_tenant }) => target_tenant === '*' || target_tenant === project);
  const isMeant = (project: string, owner: string) =>
    project !== owner &&
    project !== '' &&
    (policy.target_tenant === '*' || policy.target_tenant === project) &&
    !isStill(project);
  const { state } = db;
  let details: string | undefined;
  if (policy.object_type === 'network') {
    const network = state.networks.find(({ id }) => id === policy.object_id);
    const used = state.ports.some(
      (port) => port.network_id === policy.object_id && isMeant(port.project_id, network?.project_id ?? ''),
    );
    if (used)
      details = `Unable to reconfigure sharing settings for network ${policy.object_id}. Multiple tenants are using it.`;
  } else if (policy.object_type === 'security_group') {
    const group = state.security_groups.find(({ id }) => id === policy.object_id);
    const owner = group?.project_id ?? '';
    const used =
      state.ports.some(
        (port) => port.security_groups.includes(policy.object_id) && isMeant(port.project_id, owner),
      ) ||
      state.security_group_rules.some(
        (rule) => rule.remote_group_id === policy.object_id && isMeant(rule.project_id, owner),
      );
    if (used)
      details = `Unable to complete operation on security group ${policy.object_id}. The security group is in use by other projects.`;
  }
  if (details !== undefined)
    throw conflict(
      'RbacPolicyInUse',
      `RBAC policy on object ${policy.object_id} cannot be removed because other objects depend on it.\nDetails: ${details}`,
    );
}

/** A network is external while a policy says so. */
function follow(db: NetworkDb, policy: RbacPolicyRecord): void {
  if (policy.action !== 'access_as_external') return;
  const network = db.state.networks.find(({ id }) => id === policy.object_id);
  if (network === undefined) return;
  const is = db.state.rbac_policies.some(
    ({ object_id, action }) => object_id === network.id && action === policy.action,
  );
  network.external = is ? (network.external ?? { is_default: false }) : null;
}
