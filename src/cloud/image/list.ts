import { HTTPError } from '../http/webob';
import { position } from './orders';
import type { RequestContext } from './policy';
import {
  badTime,
  parseIsotime,
  splitFilterOp,
  splitInValues,
  unknownOperator,
  type ListQuery,
} from './query';
import type { ImageRepository } from './repository';
import type { ImageRecord } from './state';

type Condition = (image: ImageRecord) => boolean;

/** Columns of the images table that a filter may name; any other name is a custom property. */
const COLUMNS = [
  'owner',
  'min_disk',
  'min_ram',
  'size',
  'virtual_size',
  'checksum',
  'os_hash_value',
  'os_hash_algo',
  'protected',
] as const;
const OPERATOR_COLUMNS = ['name', 'id', 'status', 'container_format', 'disk_format'] as const;

/**
 * The images that the caller sees with this query, in order, from the marker on, no more than the limit.
 * Modelled on `image_get_all` of `glance/db/sqlalchemy/api.py`.
 */
export function listImages(
  repository: ImageRepository,
  context: RequestContext,
  query: ListQuery,
): ImageRecord[] {
  const conditions = [...conditionsOf(query), visibilityCondition(context, query.visibility)];
  const { images, compare } = repository.orders.get(query.sort);
  const found: ImageRecord[] = [];
  let at = 0;
  if (query.marker !== undefined) {
    const marker = repository.find(context, query.marker);
    if (marker === undefined) throw new HTTPError(400, `No image found with ID ${query.marker}`);
    at = position(images, compare, marker.image, true);
  }
  for (; at < images.length && found.length < query.limit; at++) {
    const image = images[at];
    if (
      image !== undefined &&
      isListed(repository, context, image, query.memberStatus) &&
      conditions.every((condition) => condition(image))
    )
      found.push(image);
  }
  return found;
}

function isListed(
  repository: ImageRepository,
  context: RequestContext,
  image: ImageRecord,
  memberStatus: string,
): boolean {
  if (context.isAdmin || image.visibility === 'public' || image.visibility === 'community') return true;
  if (context.projectId === null) return false;
  if (image.owner === context.projectId) return true;
  const member = image.visibility === 'shared' ? repository.member(image.id, context.projectId) : undefined;
  return member !== undefined && (memberStatus === 'all' || member.status === memberStatus);
}

/** Other people's community images are listed only when somebody asks for community images. */
function visibilityCondition(context: RequestContext, visibility: string | undefined): Condition {
  if (visibility === 'all') return () => true;
  if (visibility !== undefined) return (image) => image.visibility === visibility;
  return (image) =>
    image.visibility !== 'community' || (image.owner !== null && image.owner === context.projectId);
}

function conditionsOf(query: ListQuery): Condition[] {
  const conditions: Condition[] = [
    (image) => image.os_hidden === query.osHidden,
    (image) => image.status !== 'killed',
    (image) => query.tags.every((tag) => image.tags.some((candidate) => same(candidate, tag))),
  ];
  for (const [name, value] of query.filters) conditions.push(conditionOf(name, value));
  return conditions;
}

function conditionOf(name: string, value: string): Condition {
  const range = /^(.*)_(min|max)$/.exec(name);
  if (range !== null) return rangeCondition(range[1] ?? '', range[2] === 'min', value);
  if (name === 'created_at' || name === 'updated_at') return timeCondition(name, value);
  const operatorColumn = OPERATOR_COLUMNS.find((column) => column === name);
  if (operatorColumn !== undefined) {
    const { operator, value: wanted } = splitFilterOp(value);
    if (operator === 'in') {
      const values = splitInValues(wanted);
      return (image) => values.some((candidate) => same(image[operatorColumn], candidate));
    }
    if (operator !== 'eq') throw unknownOperator(operator);
    return (image) => same(image[operatorColumn], wanted);
  }
  const column = COLUMNS.find((candidate) => candidate === name);
  if (column !== undefined) return (image) => image[column] !== null && same(String(image[column]), value);
  return (image) => Object.hasOwn(image.properties, name) && same(image.properties[name], value);
}

/** The database under Glance compares text without regard to case. */
function same(a: string | null | undefined, b: string): boolean {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}

function rangeCondition(column: string, isMinimum: boolean, value: string): Condition {
  if (!/^\s*[+-]?\d+\s*$/.test(value))
    throw new HTTPError(400, 'Unable to filter on a range with a non-numeric value.');
  const limit = Number(value);
  return (image) => {
    const actual: unknown = Object.hasOwn(image, column) ? Reflect.get(image, column) : undefined;
    return typeof actual === 'number' && (isMinimum ? actual >= limit : actual <= limit);
  };
}

function timeCondition(column: 'created_at' | 'updated_at', value: string): Condition {
  const { operator, value: text } = splitFilterOp(value);
  const threshold = parseIsotime(text);
  if (threshold === undefined) throw badTime(column);
  const time = (image: ImageRecord) => Date.parse(image[column]);
  switch (operator) {
    case 'gt':
      return (image) => time(image) > threshold;
    case 'gte':
      return (image) => time(image) >= threshold;
    case 'lt':
      return (image) => time(image) < threshold;
    case 'lte':
      return (image) => time(image) <= threshold;
    case 'neq':
      return (image) => time(image) !== threshold;
    case 'eq':
      return (image) => time(image) === threshold;
    default:
      throw new HTTPError(400, 'Unable to filter on a unknown operator.');
  }
}
