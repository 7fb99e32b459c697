import { HTTPError } from '../http/webob';
import type { IdSource } from '../ids';
import { isAttribute, type ImageDraft } from './draft';
import { enforce, forbidden, allows, type PolicyName, type RequestContext } from './policy';
import type { ImageRepository } from './repository';
import { RESERVED, RESERVED_NAMESPACE, type Change } from './patch';
import { validateImage } from './validate-image';
import { VISIBILITIES, type ImageRecord, type Visibility } from './state';
import { isWide, rejectWideText } from './wide-text';

const DISALLOWED = ['direct_url', 'self', 'file', 'schema', 'stores'];
/** What `new_image` refuses, in the order in which Glance looks. It takes os_hash_algo and os_hash_value and ignores them. */
const READ_ONLY_AT_CREATE = ['created_at', 'updated_at', 'status', 'checksum', 'size', 'virtual_size'];
const NAME_MAX = 255;
const MAX_INT = 2 ** 31 - 1;
/** Glance's default `image_property_quota` and `image_tag_quota`. */
export const PROPERTY_QUOTA = 128;
export const TAG_QUOTA = 128;

type Json = Record<string, unknown>;

/** Makes an image record out of the body of POST /v2/images. Modelled on `create` of `glance/api/v2/images.py`. */
export function createImage(
  body: Json,
  context: RequestContext,
  repository: ImageRepository,
  ids: IdSource,
): ImageRecord {
  for (const name of DISALLOWED) if (Object.hasOwn(body, name)) throw readOnly(name);
  validateImage(body);
  const custom = Object.entries(body).filter(([name]) => !isAttribute(name));
  for (const [name] of custom) {
    enforceNameLength(name);
    if (RESERVED.includes(name) || name.startsWith(RESERVED_NAMESPACE)) {
      throw new HTTPError(403, undefined, { detail: `Attribute '${name}' is reserved.` });
    }
  }
  const draft: ImageDraft = body;
  const owner = draft.owner === undefined ? context.projectId : draft.owner;
  const visibility = draft.visibility ?? 'shared';
  enforceAdd(context, owner, draft.visibility ?? 'private');

  const tags = [...new Set(draft.tags ?? [])];
  if (tags.length > TAG_QUOTA) throw tooManyTags(tags.length);
  for (const name of READ_ONLY_AT_CREATE) if (Object.hasOwn(body, name)) throw readOnly(name);
  if (Object.hasOwn(body, 'locations')) throw new HTTPError(403, "Attribute 'locations' is reserved.");
  const now = repository.preciseNow();
  const image: ImageRecord = {
    id: draft.id ?? ids.uuid('image'),
    name: draft.name ?? null,
    status: 'queued',
    visibility,
    protected: draft.protected ?? false,
    os_hidden: draft.os_hidden ?? false,
    owner,
    disk_format: draft.disk_format ?? null,
    container_format: draft.container_format ?? null,
    min_disk: notNegative('min_disk', draft.min_disk ?? 0),
    min_ram: notNegative('min_ram', draft.min_ram ?? 0),
    size: null,
    virtual_size: null,
    checksum: null,
    os_hash_algo: null,
    os_hash_value: null,
    created_at: now,
    updated_at: now,
    tags,
    // the schema has seen to it that they are strings
    properties: Object.fromEntries(custom) as Record<string, string>,
    stores: [],
  };
  enforcePropertyQuota(image);
  enforceIntegers(image);
  enforceNarrowText(image);
  repository.add(image);
  return image;
}

function enforceAdd(context: RequestContext, owner: string | null, visibility: Visibility): void {
  const target = { owner, visibility };
  if (!allows('add_image', context, target)) {
    if (owner === context.projectId) throw forbidden('add_image');
    throw new HTTPError(403, undefined, {
      detail: `You are not permitted to create images owned by '${owner ?? 'None'}'`,
    });
  }
  const rule = visibilityRule(visibility);
  if (rule !== undefined && !allows(rule, context, target)) throw forbidden(rule);
}

function visibilityRule(visibility: unknown): PolicyName | undefined {
  return visibility === 'public'
    ? 'publicize_image'
    : visibility === 'community'
      ? 'communitize_image'
      : undefined;
}

/**
 * Makes the changes of a PATCH, all or none. Modelled on `update` of `glance/api/v2/images.py`.
 *
 * @returns the changed image; its properties are in the order of the changes.
 */
export function updateImage(
  id: string,
  changes: readonly Change[],
  context: RequestContext,
  repository: ImageRepository,
): ImageRecord {
  const { image, target } = repository.get(context, id);
  const draft: ImageRecord = { ...image, tags: [...image.tags], properties: { ...image.properties } };
  for (const change of changes) {
    const [root = ''] = change.path;
    if (root === 'locations') throw refuseLocations(change, context, target);
    if (root === 'owner' && change.op === 'replace' && !context.isAdmin) {
      throw new HTTPError(403, undefined, { detail: "Owner can't be updated by non admin." });
    }
    const rule = root === 'visibility' ? visibilityRule(change.value) : undefined;
    if (rule !== undefined) enforce(rule, context, target);
    enforce('modify_image', context, target);
    if (change.op === 'remove') removeProperty(draft, root);
    else setProperty(draft, root, change);
  }
  if (changes.length === 0) return image;
  const added = Object.keys(draft.properties).some((name) => !Object.hasOwn(image.properties, name));
  if (added) enforcePropertyQuota(draft);
  enforceIntegers(draft);
  enforceNarrowText(draft);
  // an `add` gets past the check above, and is refused when the record is saved; no owner at all is let through
  if (
    !context.isAdmin &&
    draft.owner !== null &&
    draft.owner !== context.projectId &&
    draft.owner !== image.owner
  ) {
    throw new HTTPError(403, `Forbidding request, image ${id} not visible`);
  }
  Object.assign(image, draft);
  repository.touch(image);
  return image;
}

function setProperty(image: ImageRecord, name: string, change: Change): void {
  const exists = isAttribute(name) || Object.hasOwn(image.properties, name);
  if (change.op === 'replace' && !exists)
    throw new HTTPError(409, undefined, { detail: `Property ${name} does not exist.` });
  if (change.op === 'add' && exists && change.draft === 4) {
    throw new HTTPError(409, undefined, { detail: `Property ${name} already present.` });
  }
  if (!exists) enforceNameLength(name);
  // the schema has seen to the types
  if (isAttribute(name)) setAttribute(image, name, change.value);
  else image.properties = { ...image.properties, [name]: change.value as string };
}

function removeProperty(image: ImageRecord, name: string): void {
  if (isAttribute(name))
    throw new HTTPError(403, undefined, { detail: `Property ${name} may not be removed.` });
  if (!Object.hasOwn(image.properties, name))
    throw new HTTPError(409, undefined, { detail: `Property ${name} does not exist.` });
  image.properties = Object.fromEntries(Object.entries(image.properties).filter(([key]) => key !== name));
}

function setAttribute(image: ImageRecord, name: string, value: unknown): void {
  const draft: ImageDraft = { [name]: value };
  switch (name) {
    case 'disk_format':
    case 'container_format':
      if (image.status !== 'queued' && image.status !== 'importing') {
        throw new HTTPError(403, `Attribute ${name} can be only replaced for a queued image.`);
      }
      image[name] = draft[name] ?? null;
      break;
    case 'min_disk':
    case 'min_ram':
      image[name] = notNegative(name, draft[name] ?? 0);
      break;
    case 'tags': {
      const tags = [...new Set(draft.tags ?? [])];
      if (tags.length > TAG_QUOTA) throw tooManyTags(tags.length);
      image.tags = tags;
      break;
    }
    case 'visibility':
      image.visibility = VISIBILITIES.find((candidate) => candidate === value) ?? image.visibility;
      break;
    case 'protected':
    case 'os_hidden':
      image[name] = draft[name] ?? false;
      break;
    case 'name':
    case 'owner':
      image[name] = draft[name] ?? null;
      break;
  }
}

/** Locations are hidden by default, and then nobody may change them. */
function refuseLocations(
  { op, value }: Change,
  context: RequestContext,
  target: Parameters<typeof enforce>[2],
): HTTPError {
  if (op === 'replace' && Array.isArray(value) && value.length === 0) {
    return new HTTPError(403, undefined, { detail: 'Cannot set locations to empty list.' });
  }
  enforce(op === 'remove' ? 'delete_image_location' : 'set_image_location', context, target);
  const verb = op === 'replace' ? 'update' : op;
  return new HTTPError(403, `It's not allowed to ${verb} locations if locations are invisible.`);
}

/** Deletes the record and its data. Modelled on `delete` of `glance/api/v2/images.py`. */
export function deleteImage(id: string, context: RequestContext, repository: ImageRepository): void {
  const { image, target } = repository.get(context, id, `Failed to find image ${id} to delete`);
  enforce('delete_image', context, target);
  if (image.protected) throw new HTTPError(403, `Image ${id} is protected and cannot be deleted.`);
  repository.remove(image);
}

function enforceNameLength(name: string): void {
  if ([...name].length > NAME_MAX)
    throw new HTTPError(400, 'Custom property should not be greater than 255 characters.');
}

function readOnly(name: string): HTTPError {
  return new HTTPError(403, `Attribute '${name}' is read-only.`);
}

function notNegative(name: string, value: number): number {
  if (value < 0)
    throw new HTTPError(400, `Invalid value '${value}' for parameter '${name}': Cannot be a negative value`);
  return value;
}

/** The database takes no characters of four bytes. */
function enforceNarrowText({ tags, ...values }: ImageRecord): void {
  rejectWideText(values);
  if (tags.some(isWide)) throw new HTTPError(400, "Param values can't contain 4 byte unicode.");
}

/** The database keeps these in four bytes. */
function enforceIntegers(image: ImageRecord): void {
  for (const name of ['min_ram', 'min_disk'] as const) {
    if (image[name] > MAX_INT)
      throw new HTTPError(400, `'${name}' value out of range, must not exceed ${MAX_INT}.`);
  }
}

function enforcePropertyQuota(image: ImageRecord): void {
  const attempted = Object.keys(image.properties).length;
  if (attempted <= PROPERTY_QUOTA) return;
  throw new HTTPError(
    413,
    `The limit has been exceeded on the number of allowed image properties. Attempted: ${attempted}, Maximum: ${PROPERTY_QUOTA}`,
  );
}

function tooManyTags(attempted: number): HTTPError {
  return new HTTPError(413, tagLimitMessage(attempted));
}

export function tagLimitMessage(attempted: number): string {
  return `The limit has been exceeded on the number of allowed image tags. Attempted: ${attempted}, Maximum: ${TAG_QUOTA}`;
}
