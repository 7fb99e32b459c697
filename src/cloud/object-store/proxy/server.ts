import { dumps } from '../../http/python-json';
import type { Store } from '../backend/store';
import { error, SwiftResponse, type App } from '../common/swob';
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
      if (parts.account === '') return error(412, 'Bad URL');
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
      return await handler.handle(request);
    } finally {
      env.authorize = authorize;
    }
  };
}

function getInfo(): SwiftResponse {
  return new SwiftResponse(200, { 'Content-Type': 'application/json; charset=UTF-8' }, dumps(INFO));
}
