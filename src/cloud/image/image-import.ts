import { HTTPError } from '../http/webob';
import type { ImageApi } from './app';
import { IMPORT_TASK, startTask, type ImportInput } from './import-task';
import { allows, enforce, type RequestContext } from './policy';
import { readJson } from './request';
import { SAMPLE_HOST } from './sample-download';
import { IMPORT_METHODS, isReadOnly, STORES, type ImageRecord } from './state';

/** As `[import_filtering_opts]` allows by default. */
const ALLOWED_SCHEMES = ['http', 'https'];
const ALLOWED_PORTS = [undefined, '', '80', '443'];

type Json = Record<string, unknown>;

/** POST /v2/images/{id}/import. Modelled on `import_image` of `glance/api/v2/images.py`. */
export function mountImageImport(api: ImageApi): void {
  api.route('/v2/images/:id/import', {
    POST: async (c, context) => {
      const body = validateBody(await readJson(c.req.raw));
      start(c.req.param('id') ?? '', body, c.req.header('x-image-meta-store'), context, api);
      const headers = { 'Content-Type': 'text/html; charset=UTF-8', 'Content-Length': '0' };
      return new Response(null, { status: 202, headers });
    },
  });
}

function validateBody(body: unknown): Json {
  if (Array.isArray(body)) throw new HTTPError(500);
  const request = body as Json; // an object that came out of JSON.parse
  if (!('method' in request)) throw new HTTPError(400, "Import request requires a 'method' field.");
  const method = request['method'];
  if (method === null || typeof method !== 'object' || Array.isArray(method)) throw new HTTPError(500);
  if (!('name' in method)) throw new HTTPError(400, "Import request requires a 'name' field.");
  if (!IMPORT_METHODS.some((name) => name === method.name))
    throw new HTTPError(400, `Unknown import method name '${String(method.name)}'.`);
  for (const name of ['all_stores_must_succeed', 'all_stores']) {
    if (name in request && typeof request[name] !== 'boolean')
      throw new HTTPError(400, `'${name}' must be boolean value only`);
  }
  return request;
}

function start(
  id: string,
  body: Json,
  header: string | undefined,
  context: RequestContext,
  api: ImageApi,
): void {
  const { repository } = api;
  // validateBody has looked
  const method = body['method'] as ImportInput['import_req']['method'];
  const { image, target } = repository.get(context, id);
  enforceStatus(image, method.name);
  if (method.name === 'copy-image') {
    if (!allows('copy_image', context, target)) enforce('copy_image', context, target);
  } else enforce('modify_image', context, target);
  if (IMPORT_TASK in image.properties) throw new HTTPError(409, 'Image has active task');
  let stores = wantedStores(body, header);
  if (method.name === 'copy-image') {
    const [present] = image.stores.filter((store) => stores.includes(store));
    if (body['all_stores'] === true) {
      stores = stores.filter((store) => !image.stores.includes(store));
      if (stores.length === 0) return;
    } else if (present !== undefined)
      throw new HTTPError(400, `Image is already present at store '${present}'`);
  }
  if (method.name === 'web-download' && typeof (method.uri ?? '') !== 'string' && method.uri)
    throw new HTTPError(500);
  if (method.name === 'web-download' && !isAllowedUri(method.uri)) {
    throw new HTTPError(400, `URI for web-download does not pass filtering: ${String(method.uri ?? 'None')}`);
  }
  const input = { image_id: id, import_req: body, backend: stores };
  startTask('api_image_import', image, input, context, api);
}

function enforceStatus(image: ImageRecord, method: string): void {
  const conflict = (message: string) => new HTTPError(409, message);
  if (method === 'copy-image') {
    if (image.status !== 'active')
      throw conflict('Only images with status active can be targeted for copying');
  } else if (image.status === 'active')
    throw conflict('Image with status active cannot be target for import');
  if (method === 'web-download' && image.status !== 'queued')
    throw conflict("Image needs to be in 'queued' state to use 'web-download' method");
  if (method === 'glance-direct' && image.status !== 'uploading')
    throw conflict("Image needs to be staged before 'glance-direct' method can be used");
  for (const name of ['container_format', 'disk_format'] as const) {
    if (!image[name]) throw conflict(`'${name}' needs to be set before import`);
  }
}

/** Modelled on `get_stores_from_request` of `glance/common/utils.py`. */
function wantedStores(body: Json, header: string | undefined): string[] {
  if (body['all_stores'] === true) {
    if ('stores' in body || header !== undefined) {
      throw new HTTPError(
        400,
        "All_stores parameter can't be used with x-image-meta-store header or stores parameter",
      );
    }
    return STORES.map(({ id }) => id).filter((id) => !isReadOnly(id));
  }
  if ('stores' in body && header !== undefined)
    throw new HTTPError(400, "Stores parameter and x-image-meta-store header can't be both specified");
  const stores: unknown = body['stores'] ?? [header ?? STORES[0].id];
  // Python walks through a text letter by letter
  const names = typeof stores === 'string' ? [...stores] : stores;
  if (!Array.isArray(names)) throw new HTTPError(500);
  return names.map((wanted: unknown) => {
    const store = STORES.find(({ id }) => id === wanted);
    if (store === undefined) throw new HTTPError(409, `Store for identifier ${String(wanted)} not found`);
    return store.id;
  });
}

/** Modelled on `validate_import_uri` of `glance/common/utils.py`. */
function isAllowedUri(uri: unknown): boolean {
  if (typeof uri !== 'string' || !URL.canParse(uri)) return false;
  const [, scheme = '', host = '', port] =
    /^([a-z][\w+.-]*):\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?/i.exec(uri) ?? [];
  return ALLOWED_SCHEMES.includes(scheme.toLowerCase()) && resolves(host) && ALLOWED_PORTS.includes(port);
}

/** An address in its usual form, or a name that the name server of the sandbox knows. Modelled on `normalize_hostname`. */
function resolves(host: string): boolean {
  if (host.startsWith('[')) return true;
  if (/^[\d.]+$/.test(host)) return new URL(`http://${host}`).hostname === host;
  return host.toLowerCase() === SAMPLE_HOST;
}
