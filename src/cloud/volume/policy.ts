import { forbidden } from './errors';

/** Who asks, as the token says: cinder/context.py. */
export interface RequestContext {
  userId: string;
  projectId: string;
  isAdmin: boolean;
  requestId: string;
  /** The token itself, for what cinder asks the Image service in the user's name. */
  token: string;
  /** The minor version asked for: 3.N. */
  version: number;
  /** Whether another service speaks in the user's name. */
  fromService: boolean;
  /** Whether the URL names the project; links then name it, too. */
  projectInUrl: boolean;
}

/**
 * By cinder's defaults everybody in a project may do what its owner may, even with the role `reader`: the old rules
 * still count beside the new ones (cinder/policies/base.py), as long as nobody switches `enforce_new_defaults` on.
 */
export function owns(context: RequestContext, projectId: string): boolean {
  return context.isAdmin || context.projectId === projectId;
}

/** Refuses everybody but administrators. @param policy its name, as the answer says it. */
export function enforceAdmin(context: RequestContext, policy: string): void {
  if (!context.isAdmin) throw forbidden(policy);
}
