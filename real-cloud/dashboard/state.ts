/** What a project has, asked of the real services: to see that the clicks lead to what the commands lead to. */
import type { Connection, Session } from '../../src/client';
import { mask } from '../../src/transcript/mask';

type Thing = Record<string, unknown>;

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
  ['shared-file-system', '/shares/detail', 'shares'],
] as const;

/** A microversion that all that the course uses has. */
const MANILA = { 'X-OpenStack-Manila-API-Version': '2.60' };

/** What another way to the same end may leave otherwise. */
const INCIDENTAL = [
  // notes of python-openstackclient's to itself
  /^owner_specified\./,
  // two keys are never the same, and Horizon has RSA ones made
  /^(public_key|fingerprint)$/,
  // how often it was changed, and the how manieth it is
  /^(revision_number|standard_attr_id)$/,
];

/** A line for each thing, with names for ids, in alphabetical order. */
export async function stateOf({
  session,
  identity,
}: Pick<Connection, 'session' | 'identity'>): Promise<string[]> {
  const { token } = await identity.access();
  const projectId = token.project?.id;
  const found: [kind: string, thing: Thing][] = [];
  for (const [serviceType, path, kind] of LISTS)
    for (const thing of await list(session, serviceType, path, kind))
      if (belongsTo(thing, projectId)) found.push([kind, thing]);
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

/** Containers with who may read them, and the objects in them. */
async function objects(session: Session): Promise<Thing[]> {
  const endpointFilter = { serviceType: 'object-store' };
  const entries = async (path: string) =>
    (await (await session.request(path, { endpointFilter, query: { format: 'json' } })).json()) as Thing[]; // Swift's list
  const found: Thing[] = [];
  for (const { name } of await entries('')) {
    const container = `/${encodeURIComponent(String(name))}`;
    const { headers } = await session.request(container, { endpointFilter, method: 'HEAD' });
    found.push({ container: name, read: headers.get('x-container-read') });
    found.push(...(await entries(container)).map((object) => ({ container: name, ...object })));
  }
  return found;
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
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, tidy(each, names)]),
  );
}
