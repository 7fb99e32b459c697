import { dumps } from '../../http/python-json';
import { bestMatch, InvalidAccept } from '../common/accept';
import {
  error,
  HTTPException,
  statusLine,
  SwiftResponse,
  type App,
  type Middleware,
  type SwiftRequest,
} from '../common/swob';
import { quote, unquote } from '../common/text';
import { extract } from './bulk-extract';
import { text as escapeXml } from './listing-formats';

export const RESPONSE_FORMATS = ['text/plain', 'application/json', 'application/xml', 'text/xml'];
const MAX_DELETES = 10_000;
const MAX_FAILED_DELETES = 1000;
const MAX_PATH_LENGTH = 1024 + 256 + 2;

/** Many objects in one request: deleted, or unpacked from an archive. Modelled on swift/common/middleware/bulk.py. */
export const bulk: Middleware = async (request, next) => {
  const { method, params } = request;
  const archive = params.get('extract-archive');
  if (archive !== undefined && method === 'PUT') {
    const type = archive.toLowerCase().replace(/^\.+|\.+$/g, '');
    if (type !== 'tar' && type !== 'tar.gz') return error(400, 'Unsupported archive format');
    return extract(request, next, type === 'tar.gz');
  }
  if (params.has('bulk-delete') && (method === 'POST' || method === 'DELETE'))
    return deleteObjects(request, next);
  return next(request);
};

export type Report = Record<string, string | number>;

/** `get_response_body`. */
export function responseBody(
  format: string | undefined,
  report: Report,
  errors: readonly (readonly [name: string, status: string])[],
  root: string,
): string {
  if (format === 'application/json') return dumps({ ...report, Errors: errors });
  const fields = Object.entries(report).sort(([a], [b]) => (a < b ? -1 : 1));
  if (format?.endsWith('/xml') === true) {
    const elements = fields.map(([name, value]) => {
      const tag = name.replaceAll(' ', '_').toLowerCase();
      return `<${tag}>${escapeXml(value)}</${tag}>\n`;
    });
    const objects = errors.map(
      ([name, status]) =>
        `<object><name>${escapeXml(name)}</name><status>${escapeXml(status)}</status></object>\n`,
    );
    return `<${root}>\n${elements.join('')}<errors>\n${objects.join('')}</errors>\n</${root}>\n`;
  }
  const lines = fields.map(([name, value]) => `${name}: ${value}\n`);
  return `${lines.join('')}Errors:\n${errors.map(([name, status]) => `${name}, ${status}\n`).join('')}`;
}

/** Which format an answer about many objects has; undefined where none is acceptable. */
export function formatOf(request: SwiftRequest): string | undefined {
  try {
    return bestMatch(request.headers.get('Accept'), RESPONSE_FORMATS);
  } catch (problem) {
    if (problem instanceof InvalidAccept) return undefined;
    throw problem;
  }
}

/** Always a 200, which tells in its text how it went. */
export function reported(
  format: string | undefined,
  report: Report,
  errors: readonly (readonly [string, string])[],
  root: string,
): SwiftResponse {
  const response = new SwiftResponse(
    200,
    format === undefined ? {} : { 'Content-Type': format },
    responseBody(format, report, errors, root),
  );
  response.withoutLength = true;
  return response;
}

export interface ToDelete {
  /** `/container/object`, or a container. */
  name: string;
  version?: string | undefined;
  /** It is not there, or not what it should be. */
  problem?: { code: number; message: string };
}

/** Deletes what is named, objects first. `handle_delete_iter`. @param given instead of the lines of the body. */
export async function deleteObjects(
  request: SwiftRequest,
  next: App,
  given?: readonly ToDelete[],
): Promise<SwiftResponse> {
  const format = formatOf(request);
  const report = {
    'Response Status': statusLine(200),
    'Response Body': '',
    'Number Deleted': 0,
    'Number Not Found': 0,
  };
  const errors: [string, string][] = [];
  const { version, account } = request.parts;
  try {
    if (format === undefined) throw new HTTPException(error(406));
    if (account === '') throw new HTTPException(error(404));
    const type = request.headers.get('Content-Type') ?? '';
    if (type !== '' && !type.startsWith('text/plain')) throw new HTTPException(error(406));
    const names = given ?? (await linesOf(request));
    const isContainer = ({ name }: ToDelete) => !name.replace(/^\/+/, '').includes('/');
    let failure = 400;
    for (const entry of [...names.filter((one) => !isContainer(one)), ...names.filter(isContainer)]) {
      const { name, problem } = entry;
      if (name === '') continue;
      if (problem !== undefined) {
        if (problem.code === 404) report['Number Not Found'] += 1;
        else errors.push([quote(name), problem.message]);
        continue;
      }
      const path = `/${version}/${account}/${name.replace(/^\/+/, '')}`;
      if (name.includes('\0') || name.includes('\ud800')) {
        errors.push([quote(name), statusLine(412)]);
        continue;
      }
      const token = request.headers.get('X-Auth-Token');
      const deleted = await next(
        request.sub({
          method: 'DELETE',
          path,
          params: entry.version === undefined ? [] : [['version-id', entry.version]],
          headers: token === null ? {} : { 'X-Auth-Token': token },
        }),
      ).catch(responseOf);
      if (deleted.isSuccess) report['Number Deleted'] += 1;
      else if (deleted.status === 404) report['Number Not Found'] += 1;
      else {
        if (deleted.status >= 500) failure = 502;
        errors.push([quote(name), statusLine(deleted.status)]);
      }
      if (errors.length >= MAX_FAILED_DELETES)
        throw new HTTPException(error(400, 'Max delete failures exceeded'));
    }
    if (errors.length > 0) report['Response Status'] = statusLine(failure);
    else if (report['Number Deleted'] + report['Number Not Found'] === 0)
      Object.assign(report, { 'Response Status': statusLine(400), 'Response Body': 'Invalid bulk delete.' });
  } catch (problem) {
    const { status, body } = responseOf(problem);
    Object.assign(report, {
      'Response Status': statusLine(status),
      'Response Body': typeof body === 'string' ? body : '',
    });
  }
  return reported(format, report, errors, 'delete');
}

/** The answer that ended something; anything else is a bug. */
export function responseOf(problem: unknown): SwiftResponse {
  if (problem instanceof HTTPException) return problem.response;
  throw problem;
}

/** `get_objs_to_delete`. @throws HTTPException */
async function linesOf(request: SwiftRequest): Promise<ToDelete[]> {
  const names: ToDelete[] = [];
  const decoder = new TextDecoder();
  let rest = '';
  const take = (line: string) => {
    names.push({ name: unquote(line.trim()) ?? '\ud800' });
    if (names.length > MAX_DELETES)
      throw new HTTPException(error(413, `Maximum Bulk Deletes: ${MAX_DELETES} per request`));
  };
  for await (const chunk of request.body()) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
    if (rest.length > MAX_PATH_LENGTH * 2) throw new HTTPException(error(400, 'Invalid File Name'));
  }
  if (rest.trim() !== '') take(rest);
  return names;
}
