import { scopeOfNetwork } from './address-scopes';
import { isSet, type Body } from './attributes';
import type { NetworkDb } from './db';
import { badResource, conflict, invalid, NeutronError } from './errors';
import { cidrOf, firstOf, lastOf, parseNetwork, type IpNetwork, type IpVersion } from './ip';
import type { RequestContext } from './policy';
import { text } from './python';
import type { SubnetPoolRecord } from './state';
import { defaultSubnetPool, scopeAffinity, setOf, subnetPool } from './subnet-pools';

/** A project's share of a pool is counted in addresses, and in ranges of 64 bits. */
const QUOTA_UNITS = { 4: 32, 6: 64 } as const;

/** The pool that a new subnet asks for; undefined for none. @throws {@link NeutronError} 400. */
export function poolOf(db: NetworkDb, context: RequestContext, body: Body): SubnetPoolRecord | undefined {
  const useDefault = body['use_default_subnetpool'] === true;
  if (isSet(body['subnetpool_id'])) {
    if (useDefault)
      throw badResource('subnets', 'subnetpool_id and use_default_subnetpool cannot both be specified');
    checkNoPools(body);
    return subnetPool(db, context, text(body['subnetpool_id']));
  }
  if (!useDefault) return undefined;
  const version = parseNetwork(body['cidr'])?.version ?? (body['ip_version'] as IpVersion); // as the validator has seen
  const pool = defaultSubnetPool(db, context, version);
  if (pool === undefined) throw badResource('subnets', `No default subnetpool found for IPv${version}`);
  checkNoPools(body);
  return pool;
}

function checkNoPools(body: Body): void {
  if (!isSet(body['cidr']) && isSet(body['allocation_pools']))
    throw badResource('subnets', 'allocation_pools allowed only for specific subnet requests.');
}

/**
 * Cuts a range from a pool: `SubnetAllocator` of neutron/ipam/subnet_alloc.py.
 *
 * @param wanted the range that was asked for; undefined for any of the length that was asked for.
 * @throws {@link NeutronError} 400, 409 or 500.
 */
export function allocateSubnet(
  db: NetworkDb,
  pool: SubnetPoolRecord,
  body: Body,
  wanted: IpNetwork | undefined,
): IpNetwork {
  const asked = isSet(body['prefixlen']) ? Number(body['prefixlen']) : pool.default_prefixlen;
  const wildcard = pool.ip_version === 4 ? '0.0.0.0' : '::';
  const width = pool.ip_version === 4 ? 32 : 128;
  if (wanted === undefined && asked > width)
    throw invalid('AddrFormatError', `invalid IPNetwork ${wildcard}/${asked}`);
  // a gateway alone says which range is meant
  const specific =
    wanted ?? (isSet(body['gateway_ip']) ? parseNetwork(`${text(body['gateway_ip'])}/${asked}`) : undefined);
  const prefixlen = specific?.prefixlen ?? asked;
  if (prefixlen > pool.max_prefixlen)
    throw invalid(
      'MaxPrefixSubnetAllocationError',
      `Unable to allocate subnet with prefix length ${prefixlen}, maximum allowed prefix is ${pool.max_prefixlen}.`,
    );
  if (prefixlen < pool.min_prefixlen)
    throw invalid(
      'MinPrefixSubnetAllocationError',
      `Unable to allocate subnet with prefix length ${prefixlen}, minimum allowed prefix is ${pool.min_prefixlen}.`,
    );
  checkQuota(db, pool, prefixlen);
  const used = db.state.subnets.filter(({ subnetpool_id }) => subnetpool_id === pool.id);
  const available = setOf(pool.prefixes)
    .difference(setOf(used.map(({ cidr }) => cidr)))
    .cidrs();
  if (specific !== undefined) {
    const free = available.some(
      (range) => firstOf(range) <= firstOf(specific) && lastOf(range) >= lastOf(specific),
    );
    if (!free) throw failed('Cannot allocate requested subnet from the available set of prefixes');
    return cidrOf(specific);
  }
  // the smallest range that is large enough
  const range = available.sort((a, b) => b.prefixlen - a.prefixlen).find((one) => one.prefixlen <= prefixlen);
  if (range === undefined) throw failed(`Insufficient prefix space to allocate subnet size /${prefixlen}`);
  return { ...range, prefixlen };
}

function failed(reason: string): NeutronError {
  return new NeutronError(500, 'SubnetAllocationError', `Failed to allocate subnet: ${reason}.`);
}

function checkQuota(db: NetworkDb, pool: SubnetPoolRecord, prefixlen: number): void {
  if (pool.default_quota === null || pool.default_quota === 0) return;
  const units = (length: number) => 2 ** (QUOTA_UNITS[pool.ip_version] - length);
  const used = db.state.subnets
    .filter((one) => one.subnetpool_id === pool.id && one.project_id === pool.project_id)
    .reduce((sum, { cidr }) => sum + units(parseNetwork(cidr)?.prefixlen ?? 0), 0);
  if (used + units(prefixlen) > pool.default_quota)
    throw conflict('SubnetPoolQuotaExceeded', 'Per-tenant subnet pool prefix quota exceeded.');
}

/** The subnets of a network come from one pool, or from one address scope: `_validate_network_subnetpools`. */
export function checkAffinity(
  db: NetworkDb,
  networkId: string,
  version: IpVersion,
  pool: SubnetPoolRecord | undefined,
): void {
  const scope = scopeOfNetwork(db, networkId, version);
  if (scope !== null && pool !== undefined && pool.address_scope_id !== scope) throw scopeAffinity();
  const other = db.subnetsOf(networkId).some((subnet) => {
    if (subnet.ip_version !== version) return false;
    if (pool === undefined) return subnet.subnetpool_id !== null;
    return subnet.subnetpool_id !== pool.id && scope === null;
  });
  if (other)
    throw invalid(
      'NetworkSubnetPoolAffinityError',
      'Subnets hosted on the same network must be allocated from the same subnet pool.',
    );
}
