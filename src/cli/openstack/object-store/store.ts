/** What the commands of Object Storage share: openstackclient/api/object_store_v1.py. */
import { HttpException, encodeHeader, quotePath, type RequestOptions } from '../../../client';
import { int, type ArgumentSpec, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { DictColumn } from '../../formatters/columns';
import { keystoneMessage } from '../../messages';
import type { Value } from '../../python';
import type { App } from '../app';

/** A thing of a listing: names and values as the API gives them. */
export type Entry = Readonly<Record<string, Value>>;

/**
 * Sends a request to the account, or to what `parts` name in it.
 *
 * @throws {@link CommandError} in keystoneauth's words for status 400 and above.
 */
export async function request(
  app: App,
  parts: readonly string[],
  options: RequestOptions = {},
): Promise<Response> {
  const path = parts.map(quotePath).join('/').replace(/^\/+/, '');
  try {
    return await app.connection.objectStore.request(path === '' ? '' : `/${path}`, options);
  } catch (error) {
    throw error instanceof HttpException ? new CommandError(keystoneMessage(error)) : error;
  }
}

/** `AUTH_…`: the last part of the endpoint's path. */
export async function accountId(app: App): Promise<string> {
  const { pathname } = new URL(await app.connection.objectStore.getEndpoint());
  return pathname.split('/').at(-1) ?? '';
}

/** A header's value, or None. */
export function header(response: Response, name: string): string | null {
  return response.headers.get(name);
}

/** The metadata of a thing, as `properties`; nothing if there are none. */
export function properties(response: Response, prefix: string): { properties?: Cell } {
  const found = [...response.headers].filter(([name]) => name.startsWith(prefix));
  if (found.length === 0) return {};
  return {
    properties: new DictColumn(
      Object.fromEntries(found.map(([name, value]) => [titleCase(name.slice(prefix.length)), value])),
    ),
  };
}

/** Headers are written so on the wire; `fetch` gives them in lower case. */
function titleCase(name: string): string {
  return name.replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** Sets metadata, all in one request; values that are no ASCII are told and left out. */
export async function setProperties(
  app: App,
  parts: readonly string[],
  prefix: string,
  args: ParsedArgs,
): Promise<void> {
  const headers: Record<string, string> = {};
  for (const [name, value] of args.pairs('property')) {
    if (isAscii(name) && isAscii(value)) headers[`${prefix}${name}`] = value;
    else app.log('error', `Cannot set property ${name} to non-ascii value`);
  }
  if (Object.keys(headers).length > 0)
    await request(app, parts, { method: 'POST', headers: sendable(headers) });
}

/** Removes metadata, all in one request. */
export async function unsetProperties(
  app: App,
  parts: readonly string[],
  prefix: string,
  args: ParsedArgs,
): Promise<void> {
  const names = args.list('property').map((name) => `${prefix}${encodeHeader(name)}`);
  const headers = Object.fromEntries(names.map((name) => [name, 'x']));
  await request(app, parts, { method: 'POST', headers: sendable(headers) });
}

/** `fetch` sends no header whose name has blanks or the like in it. */
function sendable(headers: Record<string, string>): Record<string, string> {
  const wrong = Object.keys(headers).find((name) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name));
  if (wrong !== undefined) throw new CommandError(`A header cannot be named ${wrong}`);
  return headers;
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** Options of a listing that goes on page after page. */
export const paging: readonly ArgumentSpec[] = [
  { names: ['--limit'], metavar: '<limit>', type: int, action: 'non_negative', help: 'How many at most; the service gives no more than its own limit' },
  { names: ['--marker'], metavar: '<marker>', help: 'Only what comes after this name' },
  { names: ['--end-marker'], metavar: '<end-marker>', help: 'Only what comes before this name' },
]; // prettier-ignore

/** A listing, of one page or with `--all` to its end. */
export async function list(app: App, parts: readonly string[], args: ParsedArgs): Promise<Entry[]> {
  const { delimiter, ...query } = {
    limit: args.number('limit') || undefined,
    marker: args.string('marker') || undefined,
    end_marker: args.string('end_marker') || undefined,
    prefix: args.string('prefix') || undefined,
    delimiter: args.string('delimiter') || undefined,
  };
  const found: Entry[] = [];
  for (let marker = query.marker; ;) {
    const page = await listPage(app, parts, { format: 'json', ...query, marker, delimiter });
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined || !args.flag('all')) return found;
    // without a delimiter there are names only
    marker = String((delimiter === undefined ? last.name : (last.name ?? last.subdir)) ?? '');
  }
}

async function listPage(
  app: App,
  parts: readonly string[],
  query: NonNullable<RequestOptions['query']>,
): Promise<Entry[]> {
  const response = await request(app, parts, { query });
  return (await response.json()) as Entry[]; // the API's contract
}

/** One page of objects with nothing asked for: what `--recursive` and `save` go through. */
export function allObjects(app: App, container: string): Promise<Entry[]> {
  return listPage(app, [container], { format: 'json' });
}

/** The rows of a table with these columns. What a thing has not is blank. */
export function rows(entries: readonly Entry[], columns: readonly string[]): Cell[][] {
  const fields = columns.map((column) => column.toLowerCase().replaceAll(' ', '_'));
  return entries.map((entry) => fields.map((field) => (field in entry ? (entry[field] ?? null) : '')));
}
