import type { IdSource } from '../ids';
import { chunksOf } from '../image/image-data';
import { OBJECT_STORE_PATH } from '../paths';
import type { CloudServices } from '../service';
import type { Store } from './backend/store';
import { applyConditions } from './common/conditional';
import {
  error,
  HTTPException,
  parseQuery,
  SwiftRequest,
  SwiftResponse,
  type App,
  type Middleware,
} from './common/swob';
import { quote, unquote } from './common/text';
import { bulk } from './middleware/bulk';
import { copy } from './middleware/copy';
import { dlo } from './middleware/dlo';
import { formpost } from './middleware/formpost';
import { keystoneauth } from './middleware/keystoneauth';
import { listingFormats } from './middleware/listing-formats';
import { accountQuotas, containerQuotas } from './middleware/quotas';
import { slo } from './middleware/slo';
import { staticweb } from './middleware/staticweb';
import { symlink } from './middleware/symlink';
import { tempurl } from './middleware/tempurl';
import { versionedWrites } from './middleware/versioned-writes/legacy';
import { objectVersioning } from './middleware/versioned-writes/object-versioning';
import { proxyServer } from './proxy/server';

export interface ObjectStoreServices extends CloudServices {
  store: Store;
}

/** Nobody sends or sees these but the servers themselves: swift/common/middleware/gatekeeper.py. */
const INTERNAL =
  /^(x-(account|container|object)-sysmeta-|x-object-transient-sysmeta-|x-backend|x-(account|container)-(host|device|partition)$|x-container-root-db-state$|x-delete-at-(host|device|partition|container)$)/;

/** Answers requests for ranges and with conditions, once it is clear what the object is. */
function conditions(ids: IdSource): Middleware {
  return async (request, next) => {
    const response = await next(request);
    return request.parts.object === '' ? response : applyConditions(request, response, ids.hex('boundary'));
  };
}

/**
 * Swift's HTTP API: the proxy server with the pipeline of its proxy-server.conf, every filter in the place it has there,
 * and what the storage servers behind it do.
 */
export function objectStoreApp(services: ObjectStoreServices): (request: Request) => Promise<Response> {
  const { store, clock, ids, baseUrl } = services;
  const pipeline: Middleware[] = [
    listingFormats,
    bulk,
    tempurl(store),
    formpost(store),
    keystoneauth(services),
    staticweb(store),
    copy,
    containerQuotas(store),
    accountQuotas(store),
    conditions(ids),
    slo,
    dlo,
    versionedWrites(store),
    objectVersioning(store),
    symlink,
  ];
  const app = pipeline.reduceRight<App>(
    (next, middleware) => (request) => middleware(request, next),
    proxyServer(store),
  );

  /** catch_errors, gatekeeper and healthcheck. */
  return async (request) => {
    const url = new URL(request.url);
    const time = Math.floor(clock.now().getTime() / 1000);
    const extra = request.headers.get('X-Trans-Id-Extra');
    const suffix = extra === null || extra === '' ? '' : `-${quote(extra.slice(0, 32))}`;
    const transId = `tx${ids.hex('object-store-request').slice(0, 21)}-${time.toString(16).padStart(10, '0')}${suffix}`;
    const headers = new Headers(request.headers);
    for (const [name] of request.headers) if (INTERNAL.test(name)) headers.delete(name);
    headers.delete('X-Timestamp');
    const path = unquote(url.pathname.slice(OBJECT_STORE_PATH.length) || '/');
    let response: SwiftResponse;
    if (path === '/healthcheck') response = new SwiftResponse(200, { 'Content-Type': 'text/plain' }, 'OK');
    else if (path === undefined) response = error(412, 'Invalid UTF8 or contains NULL');
    else {
      const swiftRequest = new SwiftRequest(
        request.method,
        path,
        parseQuery(url.search),
        headers,
        () => bodyOf(request),
        {
          authorize: undefined,
          authorizeOverride: false,
          remoteUser: undefined,
          owner: false,
          reseller: false,
          allowReserved: false,
          contentTypeOverridden: false,
          formatListing: true,
          hostUrl: baseUrl + OBJECT_STORE_PATH,
          transId,
          leaveRelativeLocation: false,
          allowance: Infinity,
        },
      );
      try {
        response = await app(swiftRequest);
      } catch (problem) {
        // anything else is a bug of ours, and must be seen as one
        if (!(problem instanceof HTTPException)) throw problem;
        response = problem.response;
      }
    }
    for (const [name] of [...response.headers]) if (INTERNAL.test(name)) response.headers.delete(name);
    response.headers.set('X-Trans-Id', transId);
    response.headers.set('X-Openstack-Request-Id', transId);
    return response.toResponse(request.method);
  };
}

/** A client that goes away in the middle of its data is told so; nobody hears it. */
async function* bodyOf(request: Request): AsyncGenerator<Uint8Array, void> {
  try {
    yield* chunksOf(request);
  } catch {
    throw new HTTPException(error(499));
  }
}
