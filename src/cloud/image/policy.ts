import type { AskKeyManager } from './signature';
import { HTTPError } from '../http/webob';
import type { ImageRecord } from './state';

/** Who asks, as the token says. Modelled on `glance/context.py`. */
export interface RequestContext {
  userId: string;
  projectId: string | null;
  /** In lower case. */
  roles: readonly string[];
  isAdmin: boolean;
  /** False for a token of the whole system or of a domain: Glance's rules are for projects, even an administrator's. */
  isProjectScoped: boolean;
  requestId: string;
  /** Asks the key manager in the caller's name. */
  askKeyManager?: AskKeyManager;
}

/** What a rule looks at: an image, or one that is about to be created. */
type Target = Pick<ImageRecord, 'owner' | 'visibility'> & { isMember?: boolean };

const owned = (context: RequestContext, target: Target) =>
  context.projectId !== null && context.projectId === target.owner;
const seen = (context: RequestContext, target: Target) =>
  owned(context, target) ||
  target.isMember === true ||
  ['community', 'public', 'shared'].includes(target.visibility);
const member = (context: RequestContext) => context.roles.includes('member');
const reader = (context: RequestContext) => context.roles.includes('reader');

/** Glance's default policy in code (`glance/policies/image.py`); an admin may do everything. */
const RULES = {
  add_image: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  delete_image: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  get_image: (context: RequestContext, target: Target) => reader(context) && seen(context, target),
  get_images: (context: RequestContext) => reader(context),
  modify_image: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  publicize_image: () => false,
  communitize_image: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  download_image: (context: RequestContext, target: Target) => member(context) && seen(context, target),
  upload_image: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  deactivate: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  reactivate: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  set_image_location: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  delete_image_location: () => false,
  add_member: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  delete_member: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  get_member: (context: RequestContext, target: Target) =>
    reader(context) && (owned(context, target) || target.isMember === true),
  get_members: (context: RequestContext, target: Target) =>
    reader(context) && (owned(context, target) || target.isMember === true),
  modify_member: (context: RequestContext, target: Target) => member(context) && target.isMember === true,
  get_image_location: (context: RequestContext, target: Target) => reader(context) && seen(context, target),
  add_image_location: (context: RequestContext, target: Target) => member(context) && owned(context, target),
  fetch_image_location: () => false,
  copy_image: () => false,
  tasks_api_access: () => false,
  manage_image_cache: () => false,
  cache_image: () => false,
  cache_list: () => false,
  cache_delete: () => false,
  stores_info_detail: () => false,
} as const;

export type PolicyName = keyof typeof RULES;

/** Rules for services and for the image's own project: an admin of another one is nobody special here. */
const NOT_FOR_ADMINS: readonly PolicyName[] = ['add_image_location', 'fetch_image_location'];

export function allows(rule: PolicyName, context: RequestContext, target: Target): boolean {
  const admin = context.isAdmin && !NOT_FOR_ADMINS.includes(rule);
  return context.isProjectScoped && (admin || RULES[rule](context, target));
}

export function forbidden(rule: PolicyName): HTTPError {
  return new HTTPError(403, `You are not authorized to complete ${rule} action.`);
}

/**
 * Throws what Glance answers when `rule` says no: 403, or 404 when the caller must not even know that the image
 * exists. Modelled on `ImageAPIPolicy._enforce` of `glance/api/v2/policy.py`.
 */
export function enforce(rule: PolicyName, context: RequestContext, image: Target): void {
  if (allows(rule, context, image)) return;
  if (rule === 'get_image' || !allows('get_image', context, image)) throw new HTTPError(404);
  throw forbidden(rule);
}
