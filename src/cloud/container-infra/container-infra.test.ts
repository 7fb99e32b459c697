import { beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../clock';
import { Cloud } from '../cloud';
import { startState } from '../states';
import { PASSWORD } from '../states/people';

let cloud: Cloud;
let token: string;

beforeEach(async () => {
  cloud = new Cloud({
    state: await startState('course'),
    clock: new SimulatedClock('2026-11-22T09:00:00.250Z'),
  });
  token = await login('demo');
  const image = { name: 'fcos', disk_format: 'raw', container_format: 'bare', os_distro: 'fedora-coreos' };
  expect((await send('POST', '/image/v2/images', image)).status).toBe(201);
});

async function login(name: string): Promise<string> {
  const domain = { id: 'default' };
  const auth = {
    identity: { methods: ['password'], password: { user: { name, domain, password: PASSWORD } } },
    scope: { project: { name, domain } },
  };
  const response = await send('POST', '/identity/v3/auth/tokens', { auth }, {});
  return response.headers.get('X-Subject-Token') ?? '';
}

function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { 'X-Auth-Token': token },
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = { 'Content-Type': 'application/json' };
  return cloud.fetch(
    new Request(`${cloud.baseUrl}${path}`, {
      method,
      headers: { ...type, ...headers },
      ...(body !== undefined && { body: text }),
    }),
  );
}

const TEMPLATES = '/container-infra/v1/clustertemplates';

/** What an error says. */
async function refusal(method: string, path: string, body?: unknown): Promise<string> {
  const response = await send(method, path, body);
  const { errors } = (await response.json()) as { errors: { detail: string; title: string; code: string }[] };
  const [error] = errors;
  return `${response.status} ${error?.code ?? ''} ${error?.detail || error?.title || ''}`;
}

async function create(more: object = {}): Promise<Record<string, unknown>> {
  const response = await send('POST', TEMPLATES, { coe: 'kubernetes', image_id: 'fcos', ...more });
  expect(response.status).toBe(201);
  return (await response.json()) as Record<string, unknown>;
}

test('the version documents need no token, the rest does', async () => {
  const root = (await (await send('GET', '/container-infra/', undefined, {})).json()) as {
    versions: object[];
  };
  expect(root.versions).toMatchObject([
    { id: 'v1', status: 'CURRENT', max_version: '1.11', min_version: '1.1' },
  ]);
  expect((await send('GET', '/container-infra/v1', undefined, {})).status).toBe(200);
  expect((await send('GET', TEMPLATES, undefined, {})).status).toBe(401);
});

test('a new template has a name if it got none, and a time to the millisecond that is stored to the second', async () => {
  const made = await create({ labels: { a: 1, b: true } });
  expect(made).toMatchObject({
    network_driver: 'flannel',
    cluster_distro: 'fedora-coreos',
    floating_ip_enabled: true,
    labels: { a: '1', b: 'True' },
    created_at: '2026-11-22T09:00:00.250000+00:00',
  });
  expect(made.name).toMatch(/^[a-z]+-\d+-template$/);
  const shown = await send('GET', `${TEMPLATES}/${String(made.uuid)}`);
  expect(await shown.json()).toEqual({ ...made, created_at: '2026-11-22T09:00:00+00:00' });
});

test.each([
  ['{', '400 client Request is not in valid JSON format'],
  [[], "500 server 'list' object has no attribute 'keys'"],
  [{}, "400 client Invalid input for field/attribute image_id. Value: 'None'. Mandatory field missing."],
  [{ nosuch: 1 }, '400 client Unknown attribute for argument cluster_template: nosuch'],
  [{ name: 1 }, "400 client Invalid input for field/attribute name. Value: '1'. Value should be string"],
  [{ coe: 5 }, "400 client Invalid input for field/attribute coe. Value: '5'. Value should be one of: kubernetes"],
  [{ apiserver_port: 80 }, "400 client Invalid input for field/attribute apiserver_port. Value: '80'. Value should be greater or equal to 1024"],
  [{ labels: { a: [] } }, "400 client Invalid input for field/attribute labels. Value: '{'a': []}'. Wrong type. Expected '(<class 'str'>, <class 'int'>, <class 'bool'>, <class 'float'>)', got '<class 'list'>'"],
  [{ uuid: 'x' }, '400 client Expected a uuid but received x.'],
  [{ project_id: 'x' }, "400 client Invalid input for field/attribute project_id. Value: 'x'. Cannot set read only field."],
  [{ cluster_distro: 'x', driver: 'y' }, '400 client Cluster driver (y) not supported.'],
])('of %j it says what a real Magnum says, and keeps nothing', async (given, words) => {
  const isObject = typeof given === 'object' && !Array.isArray(given) && Object.keys(given).length > 0;
  const body = isObject ? { coe: 'kubernetes', image_id: 'fcos', ...given } : given;
  expect(await refusal('POST', TEMPLATES, body)).toBe(words);
  expect(await (await send('GET', TEMPLATES)).json()).toEqual({ clustertemplates: [] });
}); // prettier-ignore

test.each([
  [{}, "400 client Invalid input for field/attribute patch. Value: '{}'. Value not a valid list: {}"],
  [[{ op: 'move', path: '/name' }], "400 client Invalid input for field/attribute op. Value: 'move'. Value should be one of: add, replace, remove"],
  [[{ op: 'add', path: 'name', value: 'x' }], String.raw`400 client Invalid input for field/attribute path. Value: 'name'. Value should match the pattern ^(/[\w-]+)+$`],
  [[{ op: 'add', path: '/name' }], "400 client 'add' and 'replace' operations needs value"],
  [[{ op: 'replace', path: '/name/x', value: 'x' }], "400 client Couldn't apply patch '[{'path': '/name/x', 'op': 'replace', 'value': 'x'}]'. Reason: 'x' is not a valid sequence index"],
  [[{ op: 'remove', path: '/labels/nosuch' }], "400 client Couldn't apply patch '[{'path': '/labels/nosuch', 'op': 'remove'}]'. Reason: can't remove a non-existent object 'nosuch'"],
])('of the patch %j it says what a real Magnum says', async (patch, words) => {
  await create({ name: 'u', labels: { a: 'b' } });
  expect(await refusal('PATCH', `${TEMPLATES}/u`, patch)).toBe(words);
}); // prettier-ignore

test('pages of a list follow one another, and the last has no next', async () => {
  for (const name of ['a', 'b', 'c']) await create({ name });
  const names: unknown[] = [];
  let url: string | undefined = `${cloud.baseUrl}${TEMPLATES}?limit=2&sort_key=name&sort_dir=desc`;
  while (url !== undefined) {
    const response: Response = await cloud.fetch(new Request(url, { headers: { 'X-Auth-Token': token } }));
    const page = (await response.json()) as { next?: string; clustertemplates: { name: string }[] };
    names.push(page.clustertemplates.map(({ name }) => name));
    url = page.next;
  }
  expect(names).toEqual([['c', 'b'], ['a']]);
});

test('templates are in a snapshot, and clusters are not modelled', async () => {
  await create({ name: 'k8s' });
  const again = new Cloud({
    state: await cloud.snapshot(),
    clock: new SimulatedClock('2026-11-22T10:00:00Z'),
  });
  cloud = again;
  expect(await (await send('GET', `${TEMPLATES}/k8s`)).json()).toMatchObject({ name: 'k8s' });
  expect(await (await send('GET', '/container-infra/v1/clusters')).json()).toEqual({ clusters: [] });
  expect(await refusal('POST', '/container-infra/v1/clusters', {})).toBe(
    '501 server POST /v1/clusters is not modelled in this cloud.',
  );
});
