import { dumps } from '../../http/python-json';
import type { Container, Store } from '../backend/store';
import { error, SwiftResponse, type App, type SwiftRequest } from '../common/swob';
import { INFO } from '../info';
import { ACCOUNT_METHODS, accountController } from './account';
import { containerController, METHODS } from './container';
import { options, type Controller } from './controller';
import { objectController } from './object';

/** The end of the pipeline: finds the controller and asks for permission. Modelled on swift/proxy/server.py. */
export function proxyServer(store: Store): App {
  const account = accountController(store);
  const container = containerController(store);
  const object = objectController(store);
  const info: Controller = {
    GET: { delayDenial: true, handle: getInfo },
    HEAD: { delayDenial: true, handle: getInfo },
    OPTIONS: { delayDenial: true, handle: () => options('HEAD, GET, OPTIONS') },
  };

  return async (request) => {
    const { path, env } = request;
    if (!env.allowReserved && path.includes('\0')) return error(412, 'Invalid UTF8 or contains NULL');
    let controller: Controller;
    let methods: string;
    if (path === '/info') [controller, methods] = [info, 'HEAD, GET, OPTIONS'];
    else {
      const parts = request.parts;
      if (parts.version === '') return new SwiftResponse(404);
      if (parts.account !== '' && parts.version !== 'v1' && parts.version !== 'v1.0')
        return new SwiftResponse(400);
      if (parts.account === '')
        return path.split('/').length > 3 ? new SwiftResponse(404) : error(412, 'Bad URL');
      if (parts.container === '' && parts.object !== '') return new SwiftResponse(404);
      if (parts.object !== '') [controller, methods] = [object, METHODS];
      else if (parts.container !== '') [controller, methods] = [container, METHODS];
      else [controller, methods] = [account, ACCOUNT_METHODS];
    }
    const handler = Object.hasOwn(controller, request.method) ? controller[request.method] : undefined;
    if (handler === undefined) return new SwiftResponse(405, { Allow: methods });
    const { authorize } = env;
    const no = authorize?.(request);
    if (no !== undefined && !handler.delayDenial) return no;
    // whoever may do it anyway is not asked again
    if (no === undefined) env.authorize = undefined;
    try {
      const response = await handler.handle(request);
      const { account, container: name } = request.parts;
      if (controller === container || controller === object)
        exposeToPages(request, response, store.container(account, name));
      return response;
    } finally {
      env.authorize = authorize;
    }
  };
}

/** Lets a page's script read the answer, where the container says so: `cors_validation`. */
function exposeToPages(
  request: SwiftRequest,
  response: SwiftResponse,
  container: Container | undefined,
): void {
  const origin = request.headers.get('Origin');
  const meta = (name: string) => container?.record.headers[`x-container-meta-access-control-${name}`] ?? '';
  const origins = meta('allow-origin').split(' ');
  if (origin === null || request.method === 'OPTIONS' || !(origins.includes(origin) || origins.includes('*')))
    return;
  const { headers } = response;
  const exposed = new Set(EXPOSED);
  for (const [name] of headers) if (/^x-(container|object)-meta/.test(name)) exposed.add(name);
  for (const name of meta('expose-headers').toLowerCase().split(' ')) if (name !== '') exposed.add(name);
  headers.set('Access-Control-Expose-Headers', [...exposed].join(', '));
  const everywhere = meta('allow-origin').trim() === '*';
  headers.set('Access-Control-Allow-Origin', everywhere ? '*' : origin);
  if (!everywhere) headers.append('Vary', 'Origin');
}

const EXPOSED = [
  'cache-control',
  'content-language',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
  'etag',
  'x-timestamp',
  'x-trans-id',
  'x-openstack-request-id',
];

function getInfo(): SwiftResponse {
  return new SwiftResponse(200, { 'Content-Type': 'application/json; charset=UTF-8' }, dumps(INFO));
}
