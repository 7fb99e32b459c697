import type { Clock } from '../../clock';
import { dumps } from '../../http/python-json';
import { newRequestId } from '../../http/request-id';
import { textResponse } from '../../http/webob';
import type { TokenProvider } from '../../identity/token-provider';
import type { IdSource } from '../../ids';
import { PLACEMENT_PATH } from '../../paths';
import type { ComputeState } from '../state';
import { answerPlacement, PlacementError } from './resource-providers';

const MAX_VERSION = 39;

/** Placement's HTTP API, as far as one looks at resource providers: placement/handler.py. */
export function placementApp(services: {
  state: ComputeState;
  tokens: TokenProvider;
  clock: Clock;
  ids: IdSource;
}): (request: Request) => Promise<Response> {
  return async (request) => {
    const path = new URL(request.url).pathname.slice(PLACEMENT_PATH.length).replace(/\/+$/, '');
    const requestId = newRequestId(services.ids);
    const headers = new Headers({ 'Content-Type': 'application/json', 'x-openstack-request-id': requestId });
    if (path === '') return textResponse(dumps(VERSIONS), 200, headers);
    try {
      const token = services.tokens.validate(request.headers.get('X-Auth-Token') ?? '');
      if (token === undefined)
        throw new PlacementError(401, 'Unauthorized', `${UNAUTHORIZED}\n\n Authentication required  `);
      const version = negotiate(request.headers.get('OpenStack-API-Version'));
      headers.set('openstack-api-version', `placement 1.${version}`);
      headers.set('vary', 'openstack-api-version');
      const body = await readJson(request);
      const answer = answerPlacement(services.state, services.ids, {
        token,
        version,
        path,
        method: request.method,
        body,
      });
      if (answer.body === null) {
        headers.delete('Content-Type');
        return new Response(null, { status: answer.status, headers });
      }
      headers.set('Cache-Control', 'no-cache');
      return textResponse(dumps(answer.body), answer.status, headers);
    } catch (error) {
      // anything else is a bug of ours, and must be seen as one
      if (!(error instanceof PlacementError)) throw error;
      headers.delete('vary');
      const { status, title, detail, extra } = error;
      return textResponse(
        dumps({ errors: [{ status, title, detail, ...extra, request_id: requestId }] }),
        status,
        headers,
      );
    }
  };
}

const UNAUTHORIZED =
  'This server could not verify that you are authorized to access the document you requested. Either you supplied ' +
  'the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.';

const VERSIONS = {
  versions: [
    {
      id: 'v1.0',
      max_version: `1.${MAX_VERSION}`,
      min_version: '1.0',
      status: 'CURRENT',
      links: [{ rel: 'self', href: '' }],
    },
  ],
};

/** The N of microversion 1.N; 0 where the request names none. */
function negotiate(header: string | null): number {
  const asked = (header ?? '')
    .split(',')
    .flatMap((item) => /^\s*placement\s+(\S+)\s*$/i.exec(item)?.[1] ?? [])
    .at(-1);
  if (asked === undefined) return 0;
  if (asked === 'latest') return MAX_VERSION;
  const match = /^1\.(0|[1-9]\d*)$/.exec(asked);
  if (match !== null && Number(match[1]) <= MAX_VERSION) return Number(match[1]);
  const known = /^[1-9]\d*\.(0|[1-9]\d*)$/.test(asked);
  if (!known)
    throw new PlacementError(
      400,
      'Bad Request',
      `The server could not comply with the request since it is either malformed or otherwise incorrect.\n\n ` +
        `invalid version string: ${asked}  `,
    );
  throw new PlacementError(
    406,
    'Not Acceptable',
    'The resource could not be generated that was acceptable to your browser (content of type application/json. \n\n ' +
      `Invalid microversion: Unacceptable version header: ${asked}`,
    { max_version: `1.${MAX_VERSION}`, min_version: '1.0' },
  );
}

async function readJson(request: Request): Promise<unknown> {
  if (request.method !== 'PUT' && request.method !== 'POST') return undefined;
  try {
    return (await request.json()) as unknown;
  } catch {
    return undefined;
  }
}
