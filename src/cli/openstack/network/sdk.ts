/** Things of the Network service as openstacksdk sees them, and what it asks for: openstack/network/v2, resource.py. */
import { HttpException, NETWORK_KINDS, type NetworkClient, type NetworkKind } from '../../../client';
import { repr } from '../../python';
import type { App } from '../app';
import { resource, row, shown, type Fields, type Formatters, type Resource } from '../compute/sdk';
import type { Cell } from '../../formatters/columns';

/** A kind of thing as the client shows it. */
export interface Shape {
  readonly kind: NetworkKind;
  /** Its attributes, for {@link resource}. */
  readonly table: string;
  readonly defaults?: Readonly<Fields>;
  /** What a list can be asked for, in the order in which the SDK asks. */
  readonly query?: string;
  /** What the client does not show of it; `location` is never shown. */
  readonly hidden?: readonly string[];
  /** What the client calls fields that the SDK calls otherwise. */
  readonly names?: Readonly<Record<string, string>>;
  readonly formatters?: Formatters;
}

/** A thing by the API's names. */
export type Wire = Fields & { id: string };

export function network(app: App): NetworkClient {
  return app.connection.network;
}

const readers = new WeakMap<Shape, { read: Resource; known: ReadonlySet<string> }>();

/** A thing by the SDK's names; what the SDK does not know keeps the API's. */
export function view(shape: Shape, wire: Fields): Fields {
  let reader = readers.get(shape);
  if (reader === undefined) {
    const words = shape.table.trim().split(/\s+/);
    const known = new Set(words.flatMap((word) => (word.split('|')[0] ?? '').split('=')));
    reader = { read: resource(shape.table, shape.defaults), known };
    readers.set(shape, reader);
  }
  const fields = reader.read(wire);
  for (const [name, value] of Object.entries(wire)) if (!reader.known.has(name)) fields[name] = value;
  return fields;
}

/** What a show command prints. */
export function show(
  shape: Shape,
  wire: Fields,
  formatters = shape.formatters,
): { columns: string[]; values: Cell[] } {
  return shown(view(shape, wire), ['location', ...(shape.hidden ?? [])], shape.names, formatters);
}

/** Some fields of each, by the SDK's names. */
export function rows(
  shape: Shape,
  things: readonly Fields[],
  names: readonly string[],
  formatters = shape.formatters,
): Cell[][] {
  return things.map((one) => row(view(shape, one), names, formatters));
}

/** @throws {@link ResourceNotFound}, {@link DuplicateResource} */
export function find(app: App, { kind }: Pick<Shape, 'kind'>, nameOrId: string): Promise<Wire> {
  return network(app).find<Wire>(kind, nameOrId, { ignoreMissing: false });
}

export async function findId(app: App, name: keyof typeof NETWORK_KINDS, nameOrId: string): Promise<string> {
  return (await find(app, { kind: NETWORK_KINDS[name] }, nameOrId)).id;
}

/** All that match. What the API cannot be asked for is looked for among all. */
export async function list(app: App, shape: Shape, filters: Readonly<Fields>): Promise<Wire[]> {
  const asked = (shape.query ?? '').split(' ').filter((name) => name in filters);
  const query = Object.fromEntries(asked.map((name) => [name, filters[name]]));
  const found = await network(app).list<Wire>(shape.kind, query as Record<string, string>); // texts, numbers, flags, lists
  const rest = Object.entries(filters).filter(([name]) => !asked.includes(name));
  return found.filter((one) => rest.every(([name, value]) => repr(one[name]) === repr(value)));
}

/** Sends what is different from what it was; nothing when nothing is. */
export async function update(
  app: App,
  { kind }: Pick<Shape, 'kind'>,
  wire: Wire,
  attributes: Readonly<Fields>,
): Promise<Wire> {
  const changes = Object.entries(attributes).filter(
    ([name, value]) => !(name in wire) || repr(wire[name]) !== repr(value),
  );
  if (changes.length === 0) return wire;
  const after = await network(app).update<Wire>(kind, wire.id, Object.fromEntries(changes));
  return { ...wire, ...after };
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  allowed_address_pairs: 'allowed-address-pairs',
  dns_domain: 'dns-integration',
  dns_name: 'dns-integration',
  extra_dhcp_opts: 'extra_dhcp_opt',
  qos_policy_id: 'qos',
  security_groups: 'security-groups',
};

/** `check_missing_extension_if_error`: a refusal may mean that an attribute needs an extension that is not there. */
export async function orMissingExtension<T>(app: App, attributes: Fields, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof HttpException)
      for (const [name, extension] of Object.entries(EXTENSIONS))
        if (name in attributes) await findId(app, 'Extension', extension);
    throw error;
  }
}
