import { forbidden } from './errors';

/** Who asks, as the token says: manila/context.py. */
export interface RequestContext {
  userId: string;
  projectId: string;
  /** Role names in lower case, implied ones included. */
  roles: readonly string[];
  isAdmin: boolean;
  /** Whether another service speaks in the user's name. */
  isService: boolean;
  requestId: string;
  /** The minor version asked for: 2.N. */
  version: number;
  /** Whether it is asked at the address of the first version, where no version is named. */
  isV1: boolean;
  /** Whether experimental calls were asked for. */
  experimental: boolean;
  /** Whether the URL names the project; links then name it, too. */
  projectInUrl: boolean;
}

/** What a policy is decided on. */
export interface Target {
  project_id?: string | null;
  user_id?: string | null;
}

/** The rules of manila/policies/base.py. */
type Rule = 'admin' | 'reader' | 'member' | 'service-reader' | 'service-member' | 'service' | 'owner-user';

/** What is not for those with a role in the project: the default rules of manila/policies/*.py. */
const RULES: Readonly<Record<string, Rule>> = {
  ...forAll('admin', 'scheduler_stats:pools', ['index', 'detail']),
  ...forAll('admin', 'share', [
    'create_public_share', 'set_public_share', 'force_delete', 'manage', 'unmanage', 'list_by_host',
    'list_by_share_server_id', 'force_extend', 'extend_beyond_max_share_size_spec', 'migration_start',
    'migration_complete', 'migration_cancel', 'migration_get_progress', 'reset_task_state', 'reset_status',
    'list_shares_in_deferred_deletion_states', 'list_all_projects', 'update_admin_only_metadata',
  ]),
  ...forAll('member', 'share', [
    'create', 'update', 'delete', 'soft_delete', 'restore', 'extend', 'shrink', 'revert_to_snapshot', 'allow_access',
    'deny_access', 'update_share_metadata', 'delete_share_metadata', 'create_snapshot', 'delete_snapshot',
    'snapshot_update',
  ]),
  ...forAll('admin', 'share_instance_export_location', ['index', 'show']),
  ...forAll('admin', 'share_type', [
    'create', 'update', 'delete', 'list_project_access', 'add_project_access', 'remove_project_access',
  ]),
  ...forAll('admin', 'share_types_extra_spec', ['create', 'show', 'index', 'update', 'delete']),
  ...forAll('admin', 'share_snapshot', [
    'list_all_projects', 'force_delete', 'manage_snapshot', 'unmanage_snapshot', 'reset_status',
    'list_snapshots_in_deferred_deletion_states',
  ]),
  ...forAll('member', 'share_snapshot', ['allow_access', 'deny_access', 'update_metadata', 'delete_metadata']),
  ...forAll('admin', 'share_group_type', ['create', 'delete']),
  ...forAll('admin', 'share_snapshot_instance', ['show', 'index', 'detail', 'reset_status']),
  ...forAll('admin', 'share_snapshot_instance_export_location', ['index', 'show']),
  ...forAll('admin', 'share_server', ['index', 'show', 'details', 'delete']),
  ...forAll('admin', 'share_server', ['index', 'detail']),
  ...forAll('admin', 'service', ['index', 'update', 'ensure_shares']),
  ...forAll('admin', 'quota_set', ['update', 'delete']),
  ...forAll('admin', 'quota_class_set', ['update']),
  ...forAll('service-reader', 'resource_lock', ['get', 'get_all']),
  ...forAll('service', 'resource_lock', ['get_all_projects']),
  ...forAll('service-member', 'resource_lock', ['create']),
  ...forAll('owner-user', 'resource_lock', ['update', 'delete', 'bypass_locked_show_action']),
  ...forAll('member', 'share_network', [
    'create', 'update', 'delete', 'add_security_service', 'add_security_service_check', 'remove_security_service',
    'update_security_service', 'update_security_service_check', 'subnet_create_check',
  ]),
  ...forAll('admin', 'share_network', ['reset_status', 'get_all_share_networks']),
  ...forAll('member', 'share_network_subnet', ['create', 'delete', 'update_metadata', 'delete_metadata']),
  ...forAll('member', 'security_service', ['create', 'update', 'delete']),
  ...forAll('admin', 'security_service', ['get_all_security_services']),
  ...forAll('member', 'share_export_location', ['update_metadata', 'delete_metadata']),
  ...forAll('admin', 'share_export_location', ['update_admin_only_metadata']),
  ...forAll('admin', 'share_instance', ['index', 'show', 'force_delete', 'reset_status']),
  ...forAll('member', 'message', ['delete']),
  ...forAll('member', 'share_access_rule', ['update']),
  ...forAll('member', 'share_access_metadata', ['update', 'delete']),
}; // prettier-ignore

function forAll(rule: Rule, resource: string, actions: readonly string[]): Record<string, Rule> {
  return Object.fromEntries(actions.map((action) => [`${resource}:${action}`, rule]));
}

/** Whether a policy lets somebody do something. @param target one's own project, unless given. */
export function allows(context: RequestContext, policy: string, target: Target = {}): boolean {
  const { project_id = context.projectId, user_id = context.userId } = target;
  const { roles, isAdmin, projectId, userId } = context;
  const here = project_id === projectId;
  const service = isAdmin || roles.includes('service');
  switch (RULES[policy] ?? 'reader') {
    case 'admin':
      return isAdmin;
    case 'member':
      return isAdmin || (here && roles.includes('member'));
    case 'reader':
      return isAdmin || (here && roles.includes('reader'));
    case 'service':
      return service;
    case 'service-member':
      return service || (here && roles.includes('member'));
    case 'service-reader':
      return service || (here && roles.includes('reader'));
    case 'owner-user':
      return service || (here && user_id === userId);
  }
}

/** `Controller.authorize`: refuses without a word. @throws {@link ManilaError} 403. */
export function authorize(context: RequestContext, policy: string): void {
  if (!allows(context, policy)) throw forbidden();
}

/** `policy.check_policy`: refuses and names the policy. @throws {@link ManilaError} 403. */
export function checkPolicy(context: RequestContext, policy: string, target?: Target): void {
  if (!allows(context, policy, target)) throw forbidden(`Policy doesn't allow ${policy} to be performed.`);
}
