import { parseBody, type Answer, type Call, type Controller } from './controller';
import type { NetworkDb } from './db';
import { invalidInput, methodNotAllowed, notFound } from './errors';
import { isDict, text } from './python';

const MAX_LENGTH = 255;

/**
 * The tags of a resource: neutron/extensions/tagging.py.
 *
 * @throws {@link NeutronError}
 */
export function tagAnswer(
  db: NetworkDb,
  controller: Pick<Controller<object>, 'tagged'>,
  method: string,
  id: string,
  tag: string | undefined,
  call: Call,
): Answer {
  const verbs: Record<string, string> = { GET: 'get', PUT: 'update', POST: 'create', DELETE: 'delete' };
  const verb = verbs[method];
  if (verb === undefined) throw methodNotAllowed();
  const record = controller.tagged(call, id, verb);
  const changed = (tags: string[]) => {
    record.tags = [...new Set(tags)].sort();
    db.touch(record);
  };
  if (tag === undefined) {
    switch (method) {
      case 'GET':
        return { status: 200, body: { tags: [...record.tags] } };
      case 'PUT': {
        const tags = tagsOf(call.body);
        changed(tags);
        return { status: 200, body: { tags } };
      }
      case 'POST': {
        const tags = tagsOf(call.body);
        changed([...record.tags, ...tags]);
        return { status: 200, body: { tags } };
      }
      default:
        changed([]);
        return { status: 204, body: undefined };
    }
  }
  const missing = () => notFound('TagNotFound', `Tag ${tag} could not be found.`);
  switch (method) {
    case 'GET':
      if (!record.tags.includes(tag)) throw missing();
      return { status: 204, body: undefined };
    case 'PUT':
      checkTag(tag);
      changed([...record.tags, tag]);
      return { status: 201, body: null };
    case 'DELETE':
      if (!record.tags.includes(tag)) throw missing();
      changed(record.tags.filter((one) => one !== tag));
      return { status: 204, body: undefined };
    default:
      throw notFound();
  }
}

function tagsOf(body: string): string[] {
  const given = body === '' ? {} : parseBody(body);
  const tags = isDict(given) ? given['tags'] : undefined;
  if (tags === undefined) throw invalidInput('Invalid tags body');
  if (!Array.isArray(tags)) throw invalidInput(`'${text(tags)}' is not a list`);
  if (new Set(tags.map(text)).size < tags.length) {
    const twice = tags.filter((tag, i) => tags.indexOf(tag) !== i).map(text);
    throw invalidInput(`Duplicate items in the list: '${[...new Set(twice)].join(', ')}'`);
  }
  return tags.map((tag: unknown) => {
    if (typeof tag !== 'string') throw invalidInput(`'${text(tag)}' is not a valid string`);
    checkTag(tag);
    return tag;
  });
}

function checkTag(tag: string): void {
  if (tag.length > MAX_LENGTH) throw invalidInput(`'${tag}' exceeds maximum length of ${MAX_LENGTH}`);
}
