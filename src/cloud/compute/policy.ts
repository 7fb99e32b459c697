import { forbidden } from './errors';

/** Who asks, as the token says: nova/context.py. */
export interface RequestContext {
  userId: string;
  userName: string;
  projectId: string | null;
  projectName: string | null;
  /** In lower case. */
  roles: readonly string[];
  isAdmin: boolean;
  requestId: string;
  /** The token itself, for what nova asks other services in the user's name. */
  token: string;
}

/** Who may do something by nova's defaults. The scoped ones look at the project that a thing belongs to. */
export type Rule = 'any' | 'admin' | 'reader' | 'member';

/** Whose thing it is that somebody asks about; without it, the asker's own project. */
export interface Target {
  projectId?: string | null;
  userId?: string;
}

/** Whether a rule lets somebody do something: the defaults of nova/policies/base.py. */
export function allows(rule: Rule, context: RequestContext, target: Target = {}): boolean {
  if (rule === 'any' || context.isAdmin) return true;
  if (rule === 'admin') return false;
  const projectId = target.projectId === undefined ? context.projectId : target.projectId;
  return context.roles.includes(rule) && context.projectId !== null && context.projectId === projectId;
}

/**
 * Refuses what a rule does not allow.
 *
 * @param action the policy's name without `os_compute_api:`, such as `servers:create`.
 */
export function enforce(rule: Rule, action: string, context: RequestContext, target: Target = {}): void {
  if (!allows(rule, context, target))
    throw forbidden(
      `Policy doesn't allow ${action.startsWith('compute:') ? '' : 'os_compute_api:'}${action} to be performed.`,
    );
}
