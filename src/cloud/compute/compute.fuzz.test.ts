import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TestCompute } from './testing/test-compute';
import type { UserName } from '../testing/test-cloud';

// TestCloud throws every error that is a bug of the cloud, so "answers" below means: answers, and no bug was hit.

const user = fc.constantFrom<UserName>('admin', 'demo', 'partner', 'viewer');
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD');
const version = fc.oneof(
  fc.constantFrom('2.1', '2.2', '2.36', '2.37', '2.53', '2.75', '2.96', '2.100', '2.101', 'latest', 'x'),
  fc.integer({ min: 1, max: 100 }).map((minor) => `2.${minor}`),
);
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'servers',
      'detail',
      'SERVER',
      'action',
      'flavors',
      '1',
      'os-extra_specs',
      'os-flavor-access',
      'os-hypervisors',
      'os-services',
      'os-aggregates',
      'os-keypairs',
      'os-server-groups',
      'os-availability-zone',
      'os-quota-sets',
      'limits',
      'metadata',
      'tags',
      'os-instance-actions',
      'os-volume_attachments',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }).map(encodeURIComponent) },
  { weight: 1, arbitrary: fc.constantFrom('%', '%ff', '%2F', '..', '__proto__', 'constructor') },
);
const path = fc.array(piece, { maxLength: 4 }).map((pieces) => `/${pieces.join('/')}`);
const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((text) => `?${text}`),
  fc
    .tuple(
      fc.constantFrom(
        'limit',
        'marker',
        'sort_key',
        'sort_dir',
        'name',
        'status',
        'all_tenants',
        'changes-since',
        'locked',
        '_x',
        'metadata',
        'flavor',
        'is_public',
        'deleted',
      ),
      fc.oneof(
        fc.string(),
        fc.constantFrom('0', '-1', '(', 'ACTIVE', '2026-11-22T09:00:00Z', 'created_at', 'true'),
      ),
    )
    .map(([name, value]) => `?${name}=${encodeURIComponent(value)}`),
);
const value = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    2 ** 31,
    1e300,
    'x',
    '',
    '1',
    'none',
    'auto',
    'nova:compute-1',
    'a:b:c:d',
    [],
    {},
    ['a'],
    'IMAGE',
    'SERVER',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const field = fc.constantFrom(
  'name',
  'imageRef',
  'flavorRef',
  'networks',
  'metadata',
  'availability_zone',
  'min_count',
  'max_count',
  'key_name',
  'user_data',
  'tags',
  'security_groups',
  'config_drive',
  'block_device_mapping_v2',
  'host',
  '__proto__',
);
const dict = fc
  .array(fc.tuple(field, value), { maxLength: 4 })
  .map((members) => Object.fromEntries(members) as object);
const action = fc.tuple(
  fc.constantFrom(
    'os-start',
    'os-stop',
    'reboot',
    'pause',
    'unpause',
    'suspend',
    'resume',
    'lock',
    'unlock',
    'rebuild',
    'createImage',
    'resize',
    'confirmResize',
    'revertResize',
    'os-resetState',
    'os-getConsoleOutput',
    'addSecurityGroup',
    'add_host',
    'set_metadata',
    'addTenantAccess',
    'x',
  ),
  fc.oneof(
    value,
    dict,
    fc.record({ type: fc.constantFrom('SOFT', 'HARD') }),
    fc.record({ imageRef: fc.constant('IMAGE') }),
    fc.record({ name: fc.constant('x') }),
    fc.record({ flavorRef: fc.constantFrom('1', '2') }),
  ),
);
const body = fc.oneof(
  fc.json(),
  fc.constantFrom('', '{', '[]', 'null', '[1]'),
  action.map(([name, given]) => JSON.stringify({ [name]: given })),
  fc.tuple(dict, fc.oneof(fc.constant(undefined), dict)).map(([server, hints]) =>
    JSON.stringify({
      server: { name: 'x', flavorRef: '1', imageRef: 'IMAGE', networks: 'none', ...server },
      'os:scheduler_hints': hints,
    }),
  ),
  fc
    .tuple(
      fc.constantFrom(
        'flavor',
        'aggregate',
        'keypair',
        'server_group',
        'quota_set',
        'metadata',
        'volumeAttachment',
      ),
      dict,
    )
    .map(([name, given]) => JSON.stringify({ [name]: given })),
);

test('whatever is asked of the Compute API, there is an answer below 500, or a 501', async () => {
  const compute = await TestCompute.start();
  const { id } = await compute.server();
  const known = (text: string) => text.replaceAll('SERVER', String(id)).replaceAll('IMAGE', compute.image);
  await fc.assert(
    fc.asyncProperty(
      user,
      method,
      path,
      query,
      body,
      version,
      async (who, verb, where, asks, what, asked) => {
        const token = await compute.cloud.login(who);
        const answer = await compute.cloud.send(verb, `/compute/v2.1${known(where)}${asks}`, {
          headers: {
            'X-Auth-Token': token,
            'Content-Type': 'application/json',
            'OpenStack-API-Version': `compute ${asked}`,
          },
          ...(verb === 'GET' || verb === 'HEAD' ? {} : { body: known(what) }),
        });
        if (answer.status !== 501) expect(answer.status).toBeLessThan(500);
        compute.cloud.clock.advance(700);
      },
    ),
    { numRuns: 500 },
  );
});

test('whatever a new server is to be like, it is refused or it ends in a state', async () => {
  const compute = await TestCompute.start();
  await fc.assert(
    fc.asyncProperty(
      user,
      dict,
      fc.oneof(fc.constant({}), dict),
      action,
      async (who, server, hints, [name, given]) => {
        const { status, json } = await compute.ask(who, 'POST', '/servers', {
          server: { name: 'x', flavorRef: '1', imageRef: compute.image, networks: 'none', ...server },
          'os:scheduler_hints': hints,
        });
        expect([202, 400, 403, 404, 409]).toContain(status);
        if (status !== 202) return;
        const { id } = json['server'] as { id: string };
        compute.cloud.clock.advance(3000);
        expect(['ACTIVE', 'ERROR']).toContain((await compute.show(id))['status']);
        const done = await compute.ask(who, 'POST', `/servers/${id}/action`, { [name]: given });
        expect([200, 202, 204, 400, 403, 404, 409]).toContain(done.status);
        compute.cloud.clock.advance(3000);
        expect((await compute.ask('admin', 'DELETE', `/servers/${id}`)).status).toBe(204);
      },
    ),
    { numRuns: 200 },
  );
});
