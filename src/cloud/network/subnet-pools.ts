import { addressScope } from './address-scopes';
import type { Body } from './attributes';
import { remove, type NetworkDb } from './db';
import { conflict, invalid, invalidInput, notFound } from './errors';
import { formatNetwork, parseNetwork, type IpNetwork, type IpVersion } from './ip';
import { IpSet } from './ip-set';
import type { RequestContext } from './policy';
import { text } from './python';
import { standardView, type Resource } from './resource';
import type { SubnetPoolRecord } from './state';

/** What a pool has if nobody says otherwise: `SubnetPoolHelper` of neutron/ipam/subnet_alloc.py. */
const LENGTHS = { 4: { min: 8, max: 32 }, 6: { min: 64, max: 128 } } as const;

/** Ranges that subnets are cut from: neutron/db/db_base_plugin_v2.py and neutron/ipam/subnet_alloc.py. */
export function subnetPools(db: NetworkDb): Resource<SubnetPoolRecord> {
  const { state } = db;
  const view = (pool: SubnetPoolRecord, context: RequestContext) => ({
    id: pool.id,
    name: pool.name,
    tenant_id: pool.project_id,
    // these are text, but for an answer to a change
    default_prefixlen: String(pool.default_prefixlen),
    min_prefixlen: String(pool.min_prefixlen),
    max_prefixlen: String(pool.max_prefixlen),
    is_default: pool.is_default,
    shared: db.isShared('subnetpool', pool.id, context.projectId),
    prefixes: [...pool.prefixes],
    ip_version: pool.ip_version,
    default_quota: pool.default_quota,
    address_scope_id: pool.address_scope_id,
    description: pool.description,
    ...standardView(pool),
  });
  return {
    name: 'subnetpool',
    collection: 'subnetpools',
    path: 'subnetpools',
    lenientMarker: true,
    list: (context) =>
      state.subnetpools.filter((pool) => db.sees(context, pool, 'subnetpool')).map(inStoredOrder),
    get: (context, id) => inStoredOrder(subnetPool(db, context, id)),
    view,
    viewUpdated(pool, context) {
      const { default_prefixlen, min_prefixlen, max_prefixlen } = pool;
      const numbers = { default_prefixlen, min_prefixlen, max_prefixlen };
      const all = Object.entries({ ...view(pool, context), ...numbers });
      return Object.fromEntries(all.filter(([, value]) => value !== null));
    },
    create(context, body) {
      const read = readPool(body);
      if (read.is_default) checkNoDefault(db, context, read.ip_version);
      const pool: SubnetPoolRecord = { ...db.standardAttributes('subnetpool', body, 0), ...read };
      checkScope(db, context, pool.id, read);
      state.subnetpools.push(pool);
      if (body['shared'] === true) db.setWildcard('subnetpool', 'access_as_shared', pool, true);
      return pool;
    },
    update(context, pool, body) {
      if (Array.isArray(body['prefixes'])) {
        const [old, more] = [setOf(pool.prefixes), setOf(body['prefixes'] as string[])]; // as the validator has seen
        if (!old.isSubsetOf(more))
          throw invalid(
            'IllegalSubnetPoolPrefixUpdate',
            'Illegal update to prefixes: Existing prefixes must be a subset of the new prefixes.',
          );
      }
      const read = readPool({ ...pool, ...body });
      if (read.is_default && !pool.is_default) checkNoDefault(db, context, read.ip_version);
      if (pool.address_scope_id !== null) {
        const scope = addressScope(db, context, pool.address_scope_id);
        if (!context.isAdmin && scope.project_id !== context.projectId)
          throw invalid(
            'IllegalSubnetPoolUpdate',
            `Illegal subnetpool update : subnetpool ${pool.id} cannot be updated when associated with shared address scope ${scope.id}.`,
          );
      }
      checkScope(db, context, pool.id, read);
      Object.assign(pool, read, Array.isArray(body['prefixes']) ? {} : { prefixes: pool.prefixes });
      if (typeof body['description'] === 'string') pool.description = body['description'];
      db.touch(pool);
    },
    delete(_, pool) {
      if (state.subnets.some(({ subnetpool_id }) => subnetpool_id === pool.id))
        throw invalid(
          'SubnetPoolDeleteError',
          'Unable to delete subnet pool: Subnet pool has existing allocations.',
        );
      db.forget('subnetpool', pool.id);
      remove(state.subnetpools, pool);
    },
    tags: (pool) => pool,
  };
}

/** @throws {@link NeutronError} 404. */
export function subnetPool(db: NetworkDb, context: RequestContext, id: string): SubnetPoolRecord {
  const pool = db.state.subnetpools.find((one) => one.id === id);
  if (pool === undefined || !db.sees(context, pool, 'subnetpool'))
    throw notFound('SubnetPoolNotFound', `Subnet pool ${id} could not be found.`);
  return pool;
}

/** The pool that is taken when none is named. */
export function defaultSubnetPool(
  db: NetworkDb,
  context: RequestContext,
  version: IpVersion,
): SubnetPoolRecord | undefined {
  return db.state.subnetpools.find(
    (pool) => pool.is_default && pool.ip_version === version && db.sees(context, pool, 'subnetpool'),
  );
}

/** The addresses of some ranges, all of one version. */
export function setOf(cidrs: readonly string[]): IpSet {
  const networks = cidrs.map(parseNetwork).filter((network): network is IpNetwork => network !== undefined);
  return IpSet.of(networks[0]?.version ?? 4, networks);
}

/** The database gives the ranges back in the order of their text. */
function inStoredOrder(pool: SubnetPoolRecord): SubnetPoolRecord {
  pool.prefixes.sort();
  return pool;
}

type PoolAttributes = Pick<
  SubnetPoolRecord,
  | 'name'
  | 'prefixes'
  | 'ip_version'
  | 'min_prefixlen'
  | 'max_prefixlen'
  | 'default_prefixlen'
  | 'default_quota'
  | 'is_default'
  | 'address_scope_id'
>;

/** `SubnetPoolReader`. @throws {@link NeutronError} 400. */
function readPool(body: Body): PoolAttributes {
  const prefixes = body['prefixes'] as string[]; // as the validator has seen
  const [version = 4, ...more] = new Set(prefixes.map((prefix) => parseNetwork(prefix)?.version));
  if (prefixes.length === 0) throw invalid('EmptySubnetPoolPrefixList', 'Empty subnet pool prefix list.');
  if (more.length > 0)
    throw invalid('PrefixVersionMismatch', 'Cannot mix IPv4 and IPv6 prefixes in a subnet pool.');
  const most = LENGTHS[version].max;
  const min = Number(body['min_prefixlen'] ?? LENGTHS[version].min);
  const max = Number(body['max_prefixlen'] ?? most);
  const usual = Number(body['default_prefixlen'] ?? min);
  if (min > max) throw illegalBounds('min_prefixlen', min, 'max_prefixlen', max);
  if (max > most) throw illegalBounds('max_prefixlen', max, 'ip_version_max', most);
  if (usual < min) throw illegalBounds('default_prefixlen', usual, 'min_prefixlen', min);
  if (usual > max) throw illegalBounds('default_prefixlen', usual, 'max_prefixlen', max);
  return {
    name: text(body['name']),
    prefixes: setOf(prefixes).cidrs().map(formatNetwork),
    ip_version: version,
    min_prefixlen: min,
    max_prefixlen: max,
    default_prefixlen: usual,
    default_quota: typeof body['default_quota'] === 'number' ? body['default_quota'] : null,
    is_default: body['is_default'] === true,
    address_scope_id: typeof body['address_scope_id'] === 'string' ? body['address_scope_id'] : null,
  };
}

function illegalBounds(name: string, length: number, other: string, bound: number): Error {
  return invalid(
    'IllegalSubnetPoolPrefixBounds',
    `Illegal prefix bounds: ${name}=${length}, ${other}=${bound}.`,
  );
}

function checkNoDefault(db: NetworkDb, context: RequestContext, version: IpVersion): void {
  if (defaultSubnetPool(db, context, version) !== undefined)
    throw invalidInput(
      'A default subnetpool for this IP family has already been set. Only one default may exist per IP family',
    );
}

/** Whether a pool may be in the scope that it names: `_validate_address_scope_id`. */
function checkScope(db: NetworkDb, context: RequestContext, id: string, pool: PoolAttributes): void {
  if (pool.address_scope_id === null) return;
  const scope = addressScope(db, context, pool.address_scope_id);
  if (scope.ip_version !== pool.ip_version)
    throw invalid(
      'IllegalSubnetPoolIpVersionAssociationToAddressScope',
      `Illegal subnetpool association: subnetpool ${id} cannot associate with address scope ${scope.id} because subnetpool ip_version is not ${scope.ip_version}.`,
    );
  const { subnets, subnetpools } = db.state;
  const own = new Set(subnets.filter((one) => one.subnetpool_id === id).map((one) => one.network_id));
  const mixed = subnets.some(
    (one) => own.has(one.network_id) && one.ip_version === pool.ip_version && one.subnetpool_id !== id,
  );
  if (mixed) throw scopeAffinity();
  const others = subnetpools.filter((one) => one.id !== id && one.address_scope_id === scope.id);
  if (others.some((one) => setOf(one.prefixes).intersects(setOf(pool.prefixes))))
    throw conflict(
      'AddressScopePrefixConflict',
      'Failed to associate address scope: subnetpools within an address scope must have unique prefixes.',
    );
}

export function scopeAffinity(): Error {
  return invalid(
    'NetworkAddressScopeAffinityError',
    'Subnets of the same address family hosted on the same network must all participate in the same address scope.',
  );
}
