import { describe, expect, test } from 'vitest';
import { connect, type CloudConfig } from './connect';
import { ConnectFailure, DiscoveryFailure, EndpointNotFound, Unauthorized } from './errors';
import { queryString, type Fetch, type SessionLogEvent } from './session';

const password: CloudConfig = {
  auth: {
    auth_url: 'https://cloud.example/identity',
    username: 'demo',
    password: 'secret',
    project_name: 'demo',
    default_domain: 'default',
  },
};

/** A cloud that answers by method and path, and remembers what it was asked. */
function scripted(routes: Record<string, (request: Request) => Response | Promise<Response>>) {
  const asked: string[] = [];
  const bodies: string[] = [];
  const fetch: Fetch = async (request) => {
    const { pathname, search } = new URL(request.url);
    const route = `${request.method} ${pathname}${search}`;
    asked.push(route);
    bodies.push(await request.clone().text());
    return routes[route]?.(request) ?? new Response('', { status: 404 });
  };
  return { fetch, asked, bodies };
}

const identity = {
  'GET /identity': () =>
    Response.json(
      {
        versions: {
          values: [
            { id: 'v3.14', status: 'stable', links: [{ rel: 'self', href: 'http://inner:5000/v3/' }] },
          ],
        },
      },
      { status: 300 },
    ),
  'POST /identity/v3/auth/tokens': () =>
    Response.json(
      {
        token: {
          methods: ['password'],
          user: { id: 'u1', name: 'demo', domain: { id: 'default', name: 'Default' } },
          project: { id: 'p1', name: 'demo', domain: { id: 'default', name: 'Default' } },
          audit_ids: ['a'],
          issued_at: '2026-11-22T09:00:00.000000Z',
          expires_at: '2026-11-22T10:00:00.000000Z',
          catalog: [
            {
              id: 's1',
              name: 'glance',
              type: 'image',
              endpoints: [
                {
                  id: 'e1',
                  interface: 'public',
                  region_id: 'RegionOne',
                  region: 'RegionOne',
                  url: 'https://cloud.example/image',
                },
                {
                  id: 'e2',
                  interface: 'internal',
                  region_id: 'RegionOne',
                  region: 'RegionOne',
                  url: 'https://inner.example/image',
                },
              ],
            },
            {
              id: 's2',
              name: 'cinder',
              type: 'volumev3',
              endpoints: [
                {
                  id: 'e3',
                  interface: 'public',
                  region_id: 'RegionTwo',
                  region: 'RegionTwo',
                  url: 'https://cloud.example/volume/v3',
                },
              ],
            },
          ],
        },
      },
      { status: 201, headers: { 'X-Subject-Token': 'secret-token' } },
    ),
};

const image = {
  'GET /image': () =>
    Response.json(
      {
        versions: [
          {
            id: 'v2.15',
            status: 'SUPPORTED',
            links: [{ rel: 'self', href: 'https://cloud.example/image/v2/' }],
          },
          {
            id: 'v2.16',
            status: 'EXPERIMENTAL',
            links: [{ rel: 'self', href: 'https://cloud.example/image/v2-new/' }],
          },
        ],
      },
      { status: 300 },
    ),
};

const now = () => new Date('2026-11-22T09:00:00Z');

describe('Session', () => {
  test('finds Identity v3 below auth_url, on the host that was asked', async () => {
    const { fetch, asked } = scripted(identity);
    await connect(password, { fetch, now }).session.getAccess();
    expect(asked).toEqual(['GET /identity', 'POST /identity/v3/auth/tokens']);
  });

  test('logs in once for several calls, and discovers a service once', async () => {
    const { fetch, asked } = scripted({
      ...identity,
      ...image,
      'GET /image/v2/images': () => Response.json({ images: [] }),
    });
    const cloud = connect(password, { fetch, now });
    await cloud.image.images().next();
    await cloud.image.images().next();
    expect(asked).toEqual([
      'GET /identity',
      'POST /identity/v3/auth/tokens',
      'GET /image',
      'GET /image/v2/images',
      'GET /image/v2/images',
    ]);
  });

  test('gets a new token before the old one expires', async () => {
    let time = now();
    const { fetch, asked } = scripted(identity);
    const { session } = connect(password, { fetch, now: () => time });
    await session.getAccess();
    time = new Date('2026-11-22T09:59:00Z');
    await session.getAccess();
    expect(asked.filter((route) => route.startsWith('POST'))).toHaveLength(2);
  });

  test('logs in again when a service does not know the token any more, once', async () => {
    const { fetch, asked } = scripted({
      ...identity,
      ...image,
      'GET /image/v2/images': () => new Response('', { status: 401 }),
    });
    await expect(connect(password, { fetch, now }).image.images().next()).rejects.toMatchObject({
      name: 'HttpException',
      status: 401,
    });
    expect(asked.filter((route) => route.startsWith('POST'))).toHaveLength(2);
    expect(asked.filter((route) => route === 'GET /image/v2/images')).toHaveLength(2);
  });

  test('asks for the scope and the domains that the configuration names', async () => {
    const { fetch, bodies } = scripted(identity);
    await connect(password, { fetch, now }).session.getAccess();
    expect(JSON.parse(bodies[1] ?? '')).toEqual({
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: 'demo', domain: { id: 'default' }, password: 'secret' } },
        },
        scope: { project: { name: 'demo', domain: { id: 'default' } } },
      },
    });
  });

  test('sends an application credential without a scope', async () => {
    const { fetch, bodies } = scripted(identity);
    const auth = {
      auth_url: 'https://cloud.example/identity',
      application_credential_id: 'ac',
      application_credential_secret: 's',
    };
    await connect({ auth_type: 'v3applicationcredential', auth }, { fetch, now }).session.getAccess();
    expect(JSON.parse(bodies[1] ?? '')).toEqual({
      auth: {
        identity: { methods: ['application_credential'], application_credential: { id: 'ac', secret: 's' } },
      },
    });
  });

  test('finds a service by an alias of its type, by interface and by region', async () => {
    const { fetch } = scripted(identity);
    const { session } = connect(password, { fetch, now });
    await expect(session.getEndpoint({ serviceType: 'block-storage' })).resolves.toBe(
      'https://cloud.example/volume/v3',
    );
    await expect(session.getEndpoint({ serviceType: 'image', interface: 'internal' })).resolves.toBe(
      'https://inner.example/image',
    );
    await expect(session.getEndpoint({ serviceType: 'image', regionName: 'RegionTwo' })).rejects.toThrow(
      EndpointNotFound,
    );
    await expect(session.getEndpoint({ serviceType: 'compute' })).rejects.toThrow(
      'public endpoint for compute service not found',
    );
  });

  test('takes a catalog entry that names the version as it is', async () => {
    const { fetch, asked } = scripted(identity);
    const { session } = connect(password, { fetch, now });
    await session.getEndpoint({ serviceType: 'volumev3', version: 3 });
    expect(asked).toEqual(['GET /identity', 'POST /identity/v3/auth/tokens']);
  });

  test('leaves versions alone that are not for use', async () => {
    const { fetch } = scripted({ ...identity, ...image });
    const { session } = connect(password, { fetch, now });
    await expect(session.getEndpoint({ serviceType: 'image', version: 2 })).resolves.toBe(
      'https://cloud.example/image/v2/',
    );
  });

  test('reports wrong credentials with what Identity said', async () => {
    const error = {
      error: {
        code: 401,
        message: 'The request you have made requires authentication.',
        title: 'Unauthorized',
      },
    };
    const { fetch } = scripted({
      ...identity,
      'POST /identity/v3/auth/tokens': () =>
        Response.json(error, { status: 401, headers: { 'x-openstack-request-id': 'req-1' } }),
    });
    const refused = await connect(password, { fetch, now })
      .session.getAccess()
      .catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(Unauthorized);
    expect(refused).toMatchObject({ status: 401, requestId: 'req-1', explanation: error.error.message });
  });

  test('reports an unreachable server, and an address that is not Identity', async () => {
    const refuse: Fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }));
    await expect(connect(password, { fetch: refuse }).session.getAccess()).rejects.toThrow(DiscoveryFailure);
    await expect(
      connect(password, { fetch: refuse }).session.request('https://x.example/', { authenticated: false }),
    ).rejects.toThrow(new ConnectFailure('https://x.example/', new Error('connect ECONNREFUSED')));
    await expect(
      connect(password, { fetch: async () => new Response('<html>') }).session.getAccess(),
    ).rejects.toThrow(DiscoveryFailure);
  });

  test('tells its log of everything in order, and reads no binary for it', async () => {
    const events: SessionLogEvent[] = [];
    const { fetch } = scripted({
      ...identity,
      ...image,
      'GET /image/v2/images/1/file': () =>
        new Response('data', { headers: { 'content-type': 'application/octet-stream' } }),
    });
    await connect(password, { fetch, now, log: (event) => events.push(event) }).image.downloadImage('1');
    expect(events.map(({ type, url }) => `${type} ${new URL(url).pathname}`)).toEqual([
      'request /identity',
      'response /identity',
      'auth-request /identity/v3/auth/tokens',
      'auth-response /identity/v3/auth/tokens',
      'request /image',
      'response /image',
      'request /image/v2/images/1/file',
      'response /image/v2/images/1/file',
    ]);
    expect(events.at(-1)).toMatchObject({ status: 200, body: undefined, serviceType: 'image' });
    expect(events.at(1)).toMatchObject({ body: expect.stringContaining('v3.14') });
  });
});

test('queryString encodes as Python does', () => {
  expect(queryString({ name: 'a b*~é', os_hidden: true, limit: undefined, tag: ['x', 'y'] })).toBe(
    '?name=a+b%2A~%C3%A9&os_hidden=True&tag=x&tag=y',
  );
  expect(queryString({})).toBe('');
});
