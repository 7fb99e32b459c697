import { MagnumError } from './errors';

/** Who asks, as the token says: magnum/common/context.py. */
export interface RequestContext {
  userId: string;
  projectId: string;
  /** Role names in lower case, implied ones included. */
  roles: readonly string[];
  isAdmin: boolean;
  /** Her token, to ask other services with. */
  token: string;
  requestId: string;
}

/** What each action takes: magnum/common/policies/cluster_template.py and its neighbours. */
const RULES = {
  'clustertemplate:create': 'member',
  'clustertemplate:delete': 'member',
  'clustertemplate:update': 'member',
  'clustertemplate:detail': 'reader',
  'clustertemplate:get': 'reader',
  'clustertemplate:get_all': 'reader',
  'clustertemplate:publish': 'admin',
  'cluster:get_all': 'reader',
  'stats:get_all': 'reader',
} as const;

export type Action = keyof typeof RULES;

/** @param projectId whose thing it is; one's own project's, unless given. */
export function allows(context: RequestContext, action: Action, projectId = context.projectId): boolean {
  const role = RULES[action];
  return (
    context.isAdmin || (role !== 'admin' && context.roles.includes(role) && projectId === context.projectId)
  );
}

/** @throws {@link MagnumError} 403. */
export function enforce(context: RequestContext, action: Action, projectId?: string): void {
  if (!allows(context, action, projectId))
    throw new MagnumError(403, `Policy doesn't allow ${action} to be performed.`);
}
