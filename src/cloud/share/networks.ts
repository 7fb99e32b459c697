import { empty, isObject, json, member, param, type Call, type Json, type ShareApi } from './call';
import { badRequest, conflict, notFound, unprocessable } from './errors';
import { pagination } from './list';
import { checkNetAndSubnet, createdAt, newSubnet, zoneOf } from './new-subnet';
import { mountNetworkActions } from './network-actions';
import { mountMetadata } from './metadata';
import { authorize, checkPolicy, type RequestContext } from './policy';
import { reserve } from './quotas';
import type { ShareRepository } from './repository';
import type { ShareNetworkRecord, ShareNetworkSubnetRecord } from './state';
import { allTenants, checkMetadata, textOrNull } from './validation';

/** Share networks, as records: no back end here makes share servers on them. manila/api/v2/share_networks.py. */
export function mountNetworks(api: ShareApi): void {
  const { repository, views } = api;
  const { state } = repository;
  const networkOf = (call: Call): ShareNetworkRecord => repository.network(call.context, param(call, 'id'));

  const list = (call: Call, detail: boolean): Response => {
    checkPolicy(call.context, `share_network:${detail ? 'detail' : 'index'}`);
    const networks = matching(repository, call).map((one) => views.network(call.context, one, detail));
    return json({ share_networks: networks });
  };
  api.route('/share-networks', {
    GET: (call) => list(call, false),
    POST: (call) => {
      checkPolicy(call.context, 'share_network:create');
      return json({ share_network: views.network(call.context, createNetwork(api, call), true) });
    },
  });
  api.route('/share-networks/detail', { GET: (call) => list(call, true) });
  api.route('/share-networks/:id', {
    GET: (call) => {
      checkPolicy(call.context, 'share_network:show');
      return json({ share_network: views.network(call.context, networkOf(call), true) });
    },
    PUT: (call) => {
      checkPolicy(call.context, 'share_network:update');
      if (!isObject(call.body) || !('share_network' in call.body)) throw unprocessable();
      const network = networkOf(call);
      updateNetwork(repository, network, member(call.body, 'share_network') ?? {});
      return json({ share_network: views.network(call.context, network, true) });
    },
    DELETE: (call) => {
      checkPolicy(call.context, 'share_network:delete');
      const network = networkOf(call);
      const shares = state.shares.filter(({ share_network_id }) => share_network_id === network.id).length;
      if (shares > 0)
        throw conflict(`Can not delete share network ${network.id}, it has ${shares} share(s).`);
      if (network.subnets.length > 1) {
        throw conflict(
          `The share network ${network.id} has more than one subnet attached. Please remove the subnets untill you have one or no subnets remaining.`,
        );
      }
      state.networks = state.networks.filter((one) => one !== network);
      return empty(202);
    },
  });
  mountNetworkActions(api);
  mountSubnets(api);
}

function createNetwork({ repository }: ShareApi, { context, body }: Call): ShareNetworkRecord {
  if (!isObject(body) || !('share_network' in body)) throw unprocessable();
  const values = member(body, 'share_network') ?? {};
  if ('nova_net_id' in values) throw badRequest('nova networking is not supported starting in Ocata.');
  const zone = context.version >= 51 && 'availability_zone' in values ? zoneOf(repository, values) : null;
  checkNetAndSubnet(values);
  reserve(repository, { project: context.projectId, user: context.userId }, { share_networks: 1 });
  const network: ShareNetworkRecord = {
    id: repository.ids.uuid('share-network'),
    name: textOrNull(values['name']),
    description: textOrNull(values['description']),
    user_id: context.userId,
    project_id: context.projectId,
    status: 'active',
    subnets: [newSubnet(repository, values, zone)],
    security_services: [],
    created_at: createdAt(repository, values),
    updated_at: null,
  };
  repository.state.networks.push(network);
  return network;
}

function updateNetwork(repository: ShareRepository, network: ShareNetworkRecord, values: Json): void {
  if ('nova_net_id' in values) throw badRequest('nova networking is not supported starting in Ocata.');
  const { id } = network;
  if ('neutron_net_id' in values || 'neutron_subnet_id' in values) {
    const defaults = network.subnets.filter(({ availability_zone }) => availability_zone === null);
    const [subnet, second] = defaults;
    if (subnet === undefined || second !== undefined) {
      const which = subnet === undefined ? "a 'default'" : "an unique 'default'";
      throw badRequest(
        `The share network ${id} does not have ${which} subnet that serves all availability zones, so subnet details ('neutron_net_id', 'neutron_subnet_id') cannot be updated.`,
      );
    }
    const unset = subnet.neutron_net_id === null && subnet.neutron_subnet_id === null;
    if (unset && (!values['neutron_net_id'] || !values['neutron_subnet_id'])) {
      throw badRequest(
        `To update the share network ${id} you need to specify both 'neutron_net_id' and 'neutron_subnet_id'.`,
      );
    }
    if ('neutron_net_id' in values) subnet.neutron_net_id = textOrNull(values['neutron_net_id']);
    if ('neutron_subnet_id' in values) subnet.neutron_subnet_id = textOrNull(values['neutron_subnet_id']);
  }
  if ('name' in values) network.name = textOrNull(values['name']);
  if ('description' in values) network.description = textOrNull(values['description']);
  network.updated_at = repository.now();
}

/** What a query asks for: `_get_share_networks`. */
function matching(repository: ShareRepository, { context, query }: Call): ShareNetworkRecord[] {
  const { limit, offset } = pagination(query);
  const project = projectAsked(context, query);
  const [since, before] = [dayParam(query, 'created_since'), dayParam(query, 'created_before')];
  const service = query.get('security_service_id');
  const ignored = [
    'all_tenants', 'created_since', 'created_before', 'limit', 'offset', 'security_service_id', 'project_id',
  ]; // prettier-ignore
  const filters = [...query].filter(([key]) => !ignored.includes(key));
  const field = (one: object, key: string): unknown =>
    Object.hasOwn(one, key) ? (one as Record<string, unknown>)[key] : null; // whatever it is, it is compared
  const fits = (network: ShareNetworkRecord, key: string, value: string): boolean => {
    const things = [network, ...network.subnets];
    if (things.some((one) => String(field(one, key)) === value)) return true;
    if (context.version < 36 || !key.endsWith('~')) return false;
    const name = key.replace(/~+$/, '');
    return things.some((one) => String(field(one, name) ?? '').includes(value));
  };
  return repository.state.networks
    .filter(
      (network) =>
        (project === undefined || network.project_id === project) &&
        (since === undefined || network.created_at >= since) &&
        (before === undefined || network.created_at <= before) &&
        (service === null || network.security_services.includes(service)) &&
        filters.every(([key, value]) => fits(network, key, value)),
    )
    .slice(offset, offset + (limit || 1000));
}

function projectAsked(context: RequestContext, query: URLSearchParams): string | undefined {
  if (!context.isAdmin) return context.projectId;
  return query.get('project_id') ?? (allTenants(query) ? undefined : context.projectId);
}

function dayParam(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{4}-\d{1,2}-\d{1,2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw badRequest(`${text} is not in yyyy-mm-dd format.`);
  return text;
}

/** manila/api/v2/share_network_subnets.py. */
function mountSubnets(api: ShareApi): void {
  const { repository, views } = api;
  const networkOf = (call: Call): ShareNetworkRecord => repository.network(call.context, param(call, 'id'));
  const subnetOf = (network: ShareNetworkRecord, id: string): ShareNetworkSubnetRecord => {
    const subnet = network.subnets.find((one) => one.id === id);
    if (subnet === undefined) throw notFound(`Share network subnet ${id} could not be found.`);
    return subnet;
  };
  api.route(
    '/share-networks/:id/subnets',
    {
      GET: (call) => {
        authorize(call.context, 'share_network_subnet:index');
        const network = networkOf(call);
        const subnets = network.subnets.map((one) => views.subnet(call.context, network, one));
        return json({ share_network_subnets: subnets });
      },
      POST: (call) => {
        const { context, body } = call;
        authorize(context, 'share_network_subnet:create');
        const values = member(body, 'share-network-subnet');
        if (values === undefined) throw badRequest('Share Network Subnet is missing from the request body.');
        const metadata = context.version >= 78 ? checkMetadata(values['metadata']) : {};
        checkNetAndSubnet(values);
        const network = networkOf(call);
        const zone = zoneOf(repository, values);
        if (context.version < 70 && network.subnets.some((one) => one.availability_zone === zone)) {
          throw conflict(
            `Another share network subnet was found in the specified availability zone. Only one share network subnet is allowed per availability zone for share network ${network.id}.`,
          );
        }
        const subnet = { ...newSubnet(repository, values, zone), metadata };
        network.subnets.push(subnet);
        return json({ share_network_subnet: views.subnet(context, network, subnet) });
      },
    },
    [51],
  );
  api.route(
    '/share-networks/:id/subnets/:subnet',
    {
      GET: (call) => {
        authorize(call.context, 'share_network_subnet:show');
        const network = networkOf(call);
        const subnet = subnetOf(network, param(call, 'subnet'));
        return json({ share_network_subnet: views.subnet(call.context, network, subnet) });
      },
      DELETE: (call) => {
        authorize(call.context, 'share_network_subnet:delete');
        const network = networkOf(call);
        const subnet = subnetOf(network, param(call, 'subnet'));
        network.subnets = network.subnets.filter((one) => one !== subnet);
        return empty(202);
      },
    },
    [51],
  );
  mountMetadata(api, {
    path: '/share-networks/:id/subnets/:subnet',
    versions: [78],
    policies: [
      'share_network_subnet:get_metadata',
      'share_network_subnet:update_metadata',
      'share_network_subnet:delete_metadata',
    ],
    find: (call) => {
      const network = repository.state.networks.find(({ id }) => id === param(call, 'id'));
      const subnet = network?.subnets.find(({ id }) => id === param(call, 'subnet'));
      if (network === undefined || subnet === undefined || !repository.owns(call.context, network))
        throw notFound('Share_network_subnet not found.');
      return subnet;
    },
  });
}
