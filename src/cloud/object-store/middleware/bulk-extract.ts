import { MAX_FILE_SIZE } from '../common/constraints';
import {
  error,
  HTTPException,
  statusLine,
  type App,
  type SwiftRequest,
  type SwiftResponse,
} from '../common/swob';
import { quote, toWsgi } from '../common/text';
import { TarError, readTar, type TarFile } from '../common/tar';
import { formatOf, reported, responseOf } from './bulk';

const MAX_CONTAINERS = 10_000;
const MAX_FAILED = 1000;

/** Makes an object of every file in an archive. `handle_extract_iter` of swift/common/middleware/bulk.py. */
export async function extract(request: SwiftRequest, next: App, gzip: boolean): Promise<SwiftResponse> {
  const format = formatOf(request);
  const report = { 'Response Status': statusLine(201), 'Response Body': '', 'Number Files Created': 0 };
  const errors: [string, string][] = [];
  const { version, account, container, object } = request.parts;
  const base = [container, object].filter(Boolean).join('/').replace(/\/+$/, '');
  const seen = new Set<string>();
  try {
    if (format === undefined) throw new HTTPException(error(406));
    if (account === '') throw new HTTPException(error(404));
    let failure = 400;
    let created = 0;
    for await (const file of readTar(request.body(), gzip)) {
      if (errors.length >= MAX_FAILED) break;
      const name = [base, file.name.replace(/^\.\//, '').replace(/^\/+/, '')].filter(Boolean).join('/');
      const [target = '', ...rest] = name.split('/');
      if (rest.length === 0) continue;
      if (name.includes('\0') || name.includes('\ufffd') || file.size > MAX_FILE_SIZE) {
        errors.push([quote(name), statusLine(file.size > MAX_FILE_SIZE ? 413 : 412)]);
        continue;
      }
      let containerFailure: [string, string] | undefined;
      if (!seen.has(target)) {
        const status = await makeContainer(request, next, `/${version}/${account}/${target}`);
        if (status === 401) throw new HTTPException(error(401));
        if (status === 201 && ++created > MAX_CONTAINERS)
          throw new HTTPException(error(400, `More than ${MAX_CONTAINERS} containers to create from tar.`));
        if (status >= 300) containerFailure = [quote(`/${version}/${account}/${target}`), statusLine(status)];
      }
      const put = request.sub({
        method: 'PUT',
        path: `/${version}/${account}/${name}`,
        headers: headersFor(request, file),
        body: () => file.body,
      });
      const response = await next(put).catch(responseOf);
      seen.add(target);
      if (response.isSuccess) {
        report['Number Files Created'] += 1;
        continue;
      }
      if (containerFailure !== undefined) errors.push(containerFailure);
      errors.push([quote(name), statusLine(response.status)]);
      if (response.status === 401) throw new HTTPException(error(401));
      if (response.status >= 500) failure = 502;
    }
    if (errors.length > 0) report['Response Status'] = statusLine(failure);
    else if (report['Number Files Created'] === 0)
      Object.assign(report, {
        'Response Status': statusLine(400),
        'Response Body': 'Invalid Tar File: No Valid Files',
      });
  } catch (problem) {
    if (problem instanceof TarError)
      Object.assign(report, {
        'Response Status': statusLine(400),
        'Response Body': `Invalid Tar File: ${problem.message}`,
      });
    else {
      const { status, body } = responseOf(problem);
      const text = typeof body === 'string' ? body : '';
      Object.assign(report, { 'Response Status': statusLine(status), 'Response Body': text });
    }
  }
  return reported(format, report, errors, 'extract');
}

/** The status of a container that is there, of one that was made, or of one that could not be made. */
async function makeContainer(request: SwiftRequest, next: App, path: string): Promise<number> {
  const token = request.headers.get('X-Auth-Token');
  const headers: Record<string, string> = token === null ? {} : { 'X-Auth-Token': token };
  const head = await next(request.sub({ method: 'HEAD', path, headers })).catch(responseOf);
  if (head.status !== 404) return head.status;
  return (await next(request.sub({ method: 'PUT', path, headers })).catch(responseOf)).status;
}

function headersFor(request: SwiftRequest, file: TarFile): Headers {
  const headers = new Headers({ 'Content-Length': String(file.size) });
  for (const [name, value] of request.headers)
    if (['x-delete-at', 'x-delete-after', 'x-auth-token'].includes(name) || name.startsWith('x-object-meta-'))
      headers.set(name, value);
  for (const [key, value] of file.pax) {
    const [, attribute] = /^(?:SCHILY|LIBARCHIVE)\.xattr\.user\.(mime_type|meta\..+)$/.exec(key) ?? [];
    if (attribute === undefined) continue;
    const name =
      attribute === 'mime_type' ? 'Content-Type' : `X-Object-Meta-${attribute.slice('meta.'.length)}`;
    if (/^[\w!#$%&'*+.^`|~-]+$/.test(name)) headers.set(name, toWsgi(value).replace(/[\r\n\0]/g, ' '));
  }
  return headers;
}
