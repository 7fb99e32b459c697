/** What a project has, asked of the real services: to see that the clicks lead to what the commands lead to. */
import type { Connection, Session } from '../../src/client';
import { mask } from '../../src/transcript/mask';

type Thing = Record<string, unknown>;
type Found = [kind: string, thing: Thing];

const SHARES = 'shared-file-system';

/** Lists of what a project has: service, path, and the name of the list in the answer. */
const LISTS = [
  ['image', '/v2/images', 'images'],
  ['block-storage', '/volumes/detail', 'volumes'],
  ['block-storage', '/snapshots/detail', 'snapshots'],
  ['compute', '/servers/detail', 'servers'],
  ['compute', '/os-keypairs', 'keypairs'],
  ['network', '/v2.0/security-groups', 'security_groups'],
  ['network', '/v2.0/networks', 'networks'],
  ['network', '/v2.0/subnets', 'subnets'],
  ['network', '/v2.0/routers', 'routers'],
  ['network', '/v2.0/ports', 'ports'],
  ['network', '/v2.0/floatingips', 'floatingips'],
] as const;

/** A microversion that all that the course uses has. */
const MANILA = { 'X-OpenStack-Manila-API-Version': '2.60' };
/** A share, or a rule of one, that will say something else in a moment. */
const PASSING = /ing$|^queued_/;
/** How long to wait for that, in milliseconds. */
const PATIENCE = 30_000;

/** What another way to the same end may leave otherwise. */
const INCIDENTAL = [
  // notes of python-openstackclient's to itself
  /^owner_specified\./,
  // a note of Horizon's to itself: how the file was called that was uploaded
  /^x-object-meta-orig-filename$/,
  // two keys are never the same, and Horizon has RSA ones made
  /^(public_key|fingerprint)$/,
  // how often it was changed, and the how manieth it is
  /^(revision_number|standard_attr_id)$/,
];

/** Addresses that people chose. */
const GIVEN = /^(access_to|remote_ip_prefix|cidr)$/;

/** A line for each thing, with names for ids, in alphabetical order. */
export async function stateOf({
  session,
  identity,
}: Pick<Connection, 'session' | 'identity'>): Promise<string[]> {
  const { token } = await identity.access();
  const projectId = token.project?.id;
  const found: Found[] = [];
  for (const [serviceType, path, kind] of LISTS)
    for (const thing of await list(session, serviceType, path, kind))
      if (belongsTo(thing, projectId)) found.push([kind, thing]);
  found.push(...(await settledShares(session)));
  for (const thing of await objects(session)) found.push(['objects', thing]);
  const names = new Map(
    found.flatMap(([kind, { id, name }]) =>
      typeof id === 'string' && typeof name === 'string' ? [[id, `${kind} ${name}`] as const] : [],
    ),
  );
  return found.map(([kind, thing]) => `${kind}: ${JSON.stringify(tidy(thing, names))}`).sort();
}

async function list(session: Session, serviceType: string, path: string, kind: string): Promise<Thing[]> {
  const response = await session.request(path, { endpointFilter: { serviceType }, headers: MANILA });
  const lists = (await response.json()) as Record<string, Thing[]>; // OpenStack wraps a list in its kind's plural
  return (lists[kind] ?? []).map((thing) => (kind === 'keypairs' ? (thing['keypair'] as Thing) : thing));
}

/** Shares and who may mount them, when Manila has done what was asked. */
async function settledShares(session: Session): Promise<Found[]> {
  for (const deadline = performance.now() + PATIENCE; ; await session.sleep(300)) {
    const found = await shares(session);
    const passing = found.some(([, { state, status }]) => PASSING.test(String(state ?? status)));
    if (!passing || performance.now() > deadline) return found;
  }
}

async function shares(session: Session): Promise<Found[]> {
  const found: Found[] = [];
  for (const share of await list(session, SHARES, '/shares/detail', 'shares')) {
    found.push(['shares', share]);
    const rules = `/share-access-rules?share_id=${String(share['id'])}`;
    for (const rule of await list(session, SHARES, rules, 'access_list'))
      found.push(['access rules', { share: share['id'], ...rule }]);
  }
  return found;
}

/** Containers with who may come in, and the objects in them. */
async function objects(session: Session): Promise<Thing[]> {
  const endpointFilter = { serviceType: 'object-store' };
  const entries = async (path: string) =>
    (await (await session.request(path, { endpointFilter, query: { format: 'json' } })).json()) as Thing[]; // Swift's list
  const found: Thing[] = [];
  for (const { name } of await entries('')) {
    const container = `/${encodeURIComponent(String(name))}`;
    const { headers } = await session.request(container, { endpointFilter, method: 'HEAD' });
    const may = (what: string) => headers.get(`x-container-${what}`) ?? '';
    found.push({ container: name, read: may('read'), write: may('write'), ...notes(headers) });
    for (const object of await entries(container)) {
      const path = `${container}/${String(object['name']).split('/').map(encodeURIComponent).join('/')}`;
      const head = await session.request(path, { endpointFilter, method: 'HEAD' });
      found.push({ container: name, ...object, ...notes(head.headers) });
    }
  }
  return found;
}

/** What people noted about a container or an object. */
function notes(headers: Headers): Thing {
  return Object.fromEntries([...headers].filter(([name]) => /^x-(container|object)-meta-/.test(name)));
}

function belongsTo(thing: Thing, projectId: string | undefined): boolean {
  const owner = thing['owner'] ?? thing['project_id'] ?? thing['tenant_id'];
  return owner === undefined || owner === projectId;
}

/** In an order of its own, with the names of what the project has for their ids, and other ids and times masked. */
function tidy(value: unknown, names: ReadonlyMap<string, string>): unknown {
  // a mask is as wide as what it hides
  if (typeof value === 'string')
    return names.get(value) ?? mask(value).replace(/(<[a-z]+(?:-\d+)?>)\.+/g, '$1');
  if (Array.isArray(value))
    return value
      .map((each) => tidy(each, names))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !INCIDENTAL.some((pattern) => pattern.test(key)))
      // where nothing is said, the client says null, and Horizon ''
      .filter(([key, each]) => key !== 'description' || each)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, GIVEN.test(key) ? each : tidy(each, names)]),
  );
}
