import { remove, type NetworkDb } from './db';
import { conflict, invalid, notFound } from './errors';
import type { IpVersion } from './ip';
import type { RequestContext } from './policy';
import { text } from './python';
import type { Resource } from './resource';
import type { AddressScopeRecord } from './state';

/** Addresses that mean the same to all who are in it: neutron/db/address_scope_db.py. */
export function addressScopes(db: NetworkDb): Resource<AddressScopeRecord> {
  const { state } = db;
  return {
    name: 'address_scope',
    collection: 'address_scopes',
    path: 'address-scopes',
    lenientMarker: true,
    list: (context) => state.address_scopes.filter((scope) => db.sees(context, scope, 'address_scope')),
    get: (context, id) => addressScope(db, context, id),
    view: (scope, context) => ({
      id: scope.id,
      project_id: scope.project_id,
      name: scope.name,
      shared: db.isShared('address_scope', scope.id, context.projectId),
      ip_version: scope.ip_version,
      tenant_id: scope.project_id,
    }),
    create(_, body) {
      const scope: AddressScopeRecord = {
        id: db.ids.uuid('address-scope'),
        project_id: text(body['project_id']),
        name: text(body['name']),
        ip_version: body['ip_version'] as IpVersion, // as the validator has seen
      };
      state.address_scopes.push(scope);
      if (body['shared'] === true) db.setWildcard('address_scope', 'access_as_shared', scope, true);
      return scope;
    },
    update(context, scope, body) {
      if (body['shared'] === false && db.isShared('address_scope', scope.id, context.projectId))
        throw invalid(
          'AddressScopeUpdateError',
          `Unable to update address scope ${scope.id} : Shared address scope can't be unshared.`,
        );
      if (body['shared'] === true) db.setWildcard('address_scope', 'access_as_shared', scope, true);
      if (typeof body['name'] === 'string') scope.name = body['name'];
    },
    delete(_, scope) {
      if (state.subnetpools.some(({ address_scope_id }) => address_scope_id === scope.id))
        throw conflict(
          'AddressScopeInUse',
          `Unable to complete operation on address scope ${scope.id}. There are one or more subnet pools in use on the address scope.`,
        );
      db.forget('address_scope', scope.id);
      remove(state.address_scopes, scope);
    },
  };
}

/** @throws {@link NeutronError} 404. */
export function addressScope(db: NetworkDb, context: RequestContext, id: string): AddressScopeRecord {
  const scope = db.state.address_scopes.find((one) => one.id === id);
  if (scope === undefined || !db.sees(context, scope, 'address_scope'))
    throw notFound('AddressScopeNotFound', `Address scope ${id} could not be found.`);
  return scope;
}

/** The scope that the subnets of a network are in; null for none. */
export function scopeOfNetwork(db: NetworkDb, networkId: string, version: IpVersion): string | null {
  const subnets = db.subnetsOf(networkId).filter(({ ip_version }) => ip_version === version);
  const pools = db.state.subnetpools.filter(({ id }) =>
    subnets.some(({ subnetpool_id }) => subnetpool_id === id),
  );
  return pools.find(({ address_scope_id }) => address_scope_id !== null)?.address_scope_id ?? null;
}
