import { remove, type NetworkDb } from './db';
import { badRequest, conflict, invalid, notFound } from './errors';
import { cidrOf, formatNetwork, parseNetwork } from './ip';
import type { View } from './list';
import { repr } from '../../python/repr';
import { isDict, text } from './python';
import type { Resource } from './resource';
import type { AddressGroupRecord } from './state';

/** neutron/db/address_group_db.py. */
export function addressGroups(db: NetworkDb): Resource<AddressGroupRecord> {
  const { state } = db;
  return {
    name: 'address_group',
    collection: 'address_groups',
    path: 'address-groups',
    lenientMarker: true,
    list: (context) => state.address_groups.filter((group) => db.sees(context, group, 'address_group')),
    get(context, id) {
      const group = state.address_groups.find((one) => one.id === id);
      if (group === undefined || !db.sees(context, group, 'address_group'))
        throw notFound('AddressGroupNotFound', `Address group ${id} could not be found.`);
      return group;
    },
    view: (group, context) => addressGroupView(db, group, context.projectId),
    create(_, body) {
      const given = body['addresses'] as string[] | undefined; // as the validator has seen
      // each of them counts as a change
      const addresses = normalized(given ?? []);
      const group: AddressGroupRecord = {
        ...db.standardAttributes('address-group', body, addresses.length),
        name: text(body['name']),
        addresses,
      };
      state.address_groups.push(group);
      return group;
    },
    update(_, group, body) {
      if (typeof body['name'] === 'string') group.name = body['name'];
      if (typeof body['description'] === 'string') group.description = body['description'];
      db.touch(group);
    },
    delete(_, group) {
      if (
        state.security_group_rules.some(({ remote_address_group_id }) => remote_address_group_id === group.id)
      )
        throw conflict(
          'AddressGroupInUse',
          `Address group ${group.id} is in use on one or more security group rules.`,
        );
      db.forget('address_group', group.id);
      remove(state.address_groups, group);
    },
  };
}

function addressGroupView(db: NetworkDb, group: AddressGroupRecord, projectId: string): View {
  return {
    id: group.id,
    name: group.name,
    project_id: group.project_id,
    shared: db.isShared('address_group', group.id, projectId),
    addresses: [...group.addresses],
    revision_number: group.revision_number,
    description: group.description,
    created_at: group.created_at,
    updated_at: group.updated_at,
    tenant_id: group.project_id,
  };
}

/**
 * `add_addresses` and `remove_addresses`. Returns the group with all that the real one shows here.
 *
 * @throws {@link NeutronError} 400 for addresses that are none or there already, 404 for those that are not there.
 */
export function changeAddresses(
  db: NetworkDb,
  group: AddressGroupRecord,
  given: unknown,
  more: boolean,
  projectId: string,
): View {
  const asked = isDict(given) ? given['addresses'] : undefined;
  // the real one stumbles over a body without a list, and says 500
  if (!Array.isArray(asked)) throw badRequest("Unable to find 'addresses' in request body");
  const addresses = normalized(asked);
  const known = addresses.filter((address) => group.addresses.includes(address));
  const others = addresses.filter((address) => !known.includes(address));
  if (more && known.length > 0)
    throw invalid(
      'AddressesAlreadyExist',
      `Addresses ${repr(known)} already exist in the address group ${group.id}.`,
    );
  if (!more && others.length > 0)
    throw notFound(
      'AddressesNotFound',
      `Addresses ${repr(others)} not found in the address group ${group.id}.`,
    );
  group.addresses = more
    ? [...group.addresses, ...others].sort()
    : group.addresses.filter((address) => !known.includes(address));
  for (const _ of addresses) db.touch(group);
  return { ...addressGroupView(db, group, projectId), standard_attr_id: group.standard_attr_id };
}

/** Without host bits, each once. */
function normalized(addresses: readonly unknown[]): string[] {
  const found = addresses.map((address) => {
    const network = parseNetwork(address);
    if (network === undefined) throw invalid('AddrFormatError', `invalid IPNetwork ${text(address)}`);
    return formatNetwork(cidrOf(network));
  });
  return [...new Set(found)].sort();
}
