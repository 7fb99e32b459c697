import { empty, json, param, type Call, type Json, type ShareApi } from './call';
import { badRequest, conflict, uncaught } from './errors';
import { checkNetAndSubnet, zoneOf } from './new-subnet';
import { authorize, checkPolicy } from './policy';
import { runAction, statusAsked, type ActionEntry } from './share-actions';
import type { SecurityServiceRecord, ShareNetworkRecord } from './state';

/** `POST /share-networks/{id}/action`: which security services a share network has. */
export function mountNetworkActions(api: ShareApi): void {
  const { repository, views } = api;

  const networkFor = (call: Call, policy: string): ShareNetworkRecord => {
    const id = param(call, 'id');
    const network = repository.state.networks.find((one) => one.id === id);
    if (network === undefined || !repository.owns(call.context, network))
      throw uncaught('ShareNetworkNotFound', `Share network ${id} could not be found.`);
    checkPolicy(call.context, `share_network:${policy}`, network);
    return network;
  };
  const serviceFor = (values: Json, key: string, missing?: string): SecurityServiceRecord => {
    if (!Object.hasOwn(values, key)) throw badRequest('Malformed request body');
    const id = String(values[key]);
    const service = repository.state.security_services.find((one) => one.id === id);
    if (service !== undefined) return service;
    if (missing !== undefined) throw badRequest(missing);
    throw uncaught('SecurityServiceNotFound', `Security service ${id} could not be found.`);
  };
  const shown = (call: Call, network: ShareNetworkRecord, status = 200): Response =>
    json({ share_network: views.network(call.context, network, true) }, status);
  /** A network has one service of each type. */
  const refuseSecond = (network: ShareNetworkRecord, service: SecurityServiceRecord): void => {
    const types = repository.state.security_services
      .filter(({ id }) => network.security_services.includes(id))
      .map(({ type }) => type);
    if (types.includes(service.type)) {
      throw conflict(
        `Invalid security service: Cannot add security service to share network. Security service with '${service.type}' type already added to '${network.id}' share network`,
      );
    }
  };
  const MISSING = "The current security service or the new security service doesn't exist.";
  const touch = (network: ShareNetworkRecord, services: string[]): void => {
    network.security_services = services;
  };

  const actions: readonly ActionEntry[] = [
    {
      name: 'add_security_service',
      run: (call, values) => {
        const network = networkFor(call, 'add_security_service');
        const service = serviceFor(values, 'security_service_id');
        refuseSecond(network, service);
        touch(network, [...network.security_services, service.id]);
        return shown(call, network);
      },
    },
    {
      name: 'remove_security_service',
      run: (call, values) => {
        const network = networkFor(call, 'remove_security_service');
        const service = serviceFor(values, 'security_service_id');
        if (!network.security_services.includes(service.id)) {
          throw badRequest(
            `Failed to dissociate share network ${network.id} and security service ${service.id}: No association defined.`,
          );
        }
        touch(
          network,
          network.security_services.filter((id) => id !== service.id),
        );
        return shown(call, network);
      },
    },
    {
      name: 'update_security_service',
      versions: [63],
      run: (call, values) => {
        const network = networkFor(call, 'update_security_service');
        const current = serviceFor(values, 'current_service_id', MISSING);
        const next = serviceFor(values, 'new_service_id', MISSING);
        if (!network.security_services.includes(current.id)) {
          throw badRequest(
            `Failed to dissociate share network ${network.id} and security service ${current.id}: No association defined.`,
          );
        }
        touch(
          network,
          network.security_services.map((id) => (id === current.id ? next.id : id)),
        );
        return shown(call, network, 202);
      },
    },
    ...(['add_security_service_check', 'update_security_service_check'] as const).map((name) => ({
      name,
      versions: [63] as const,
      run: (call: Call, values: Json): Response => {
        networkFor(call, name);
        const adds = name === 'add_security_service_check';
        const next = values[adds ? 'security_service_id' : 'new_service_id'] ?? null;
        const requested_operation = {
          operation: adds ? 'add_security_service' : 'update_security_service',
          current_security_service: values['current_service_id'] ?? null,
          new_security_service: next,
        };
        const more = call.context.isAdmin ? { hosts_check_result: {} } : {};
        return json({ compatible: true, requested_operation, ...more }, 202);
      },
    })),
    {
      name: 'share_network_subnet_create_check',
      versions: [70],
      run: (call, values) => {
        checkNetAndSubnet(values);
        repository.network(call.context, param(call, 'id'));
        zoneOf(repository, values);
        return json({ compatible: true, ...(call.context.isAdmin && { hosts_check_result: {} }) }, 202);
      },
    },
    {
      name: 'reset_status',
      versions: [63],
      run: (call, values) => {
        authorize(call.context, 'share_network:reset_status');
        const status = statusAsked(values, ['active', 'error', 'network_change']);
        Object.assign(repository.network(call.context, param(call, 'id')), { status });
        return empty(202);
      },
    },
  ];
  api.route('/share-networks/:id/action', { POST: (call) => runAction(actions, call) });
}
