/** openstackclient/network/v2/router.py: what routers are. {@link ./router-ties} has what they are tied to. */
import { NETWORK_KINDS } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { dumps, repr, type Value } from '../../python';
import type { App } from '../app';
import type { Command, ListerCommand, ShowOneCommand } from '../command';
import { arg, flag, opt, pair, project, projectDomain } from '../compute/options';
import type { Fields } from '../compute/sdk';
import { deleteCommand, long, setCommand, table, upstream, type Column } from './common';
import {
  attributes,
  either,
  extraProperties,
  extraProperty,
  keyed,
  owner,
  pairsOf,
  projectOf,
  tagFilters,
  tagFiltersOf,
  tagsForCreate,
  tagsForSet,
  tagsForUnset,
  updateTags,
} from './options';
import { gatewayAttributes, hasMultihoming, routesOf } from './router-gateway';
import { find, findId, list, network, show, update, view, type Wire } from './sdk';
import { ROUTER } from './shapes';
import { same } from './subnet';

const words = (name: string) => ({ thing: 'router', upstream: upstream('router', name) });
export const route = (help: string, none?: null): ArgumentSpec =>
  keyed('route', help, 'destination=<subnet>,gateway=<ip-address>', ['destination', 'gateway'], [], { dest: 'routes', default: none === null ? null : [] }); // prettier-ignore
export const gatewayIp = (help: string): ArgumentSpec =>
  keyed('fixed-ip', help, 'subnet=<subnet>,ip-address=<ip-address>', [], ['subnet', 'ip-address'], { dest: 'fixed_ips' }); // prettier-ignore
const GATEWAY_IP =
  'Subnet (name or ID) of the external network to have an address of, or the address itself, or both';

const gateway: readonly ArgumentSpec[] = [
  opt('external-gateway', 'External network that it leads to (name or ID); repeat it for several', 'network', { action: 'append', dest: 'external_gateways' }),
  gatewayIp(GATEWAY_IP),
  ...either(['enable-snat', 'Those behind it go out with its address'], ['disable-snat', 'Those behind it go out with their own addresses']),
  ...pair('enable_ndp_proxy', ['enable-ndp-proxy', 'Answer for IPv6 addresses behind it'], ['disable-ndp-proxy', 'Do not answer for IPv6 addresses behind it'], { exclusive: 'ndp' }),
]; // prettier-ignore
const bfdAndEcmp: readonly ArgumentSpec[] = [
  ...pair('enable_default_route_bfd', ['enable-default-route-bfd', 'Watch default routes by BFD'], ['disable-default-route-bfd', 'Do not watch default routes by BFD']),
  ...pair('enable_default_route_ecmp', ['enable-default-route-ecmp', 'Use all default routes'], ['disable-default-route-ecmp', 'Use the first default route only']),
]; // prettier-ignore

/** `_get_attrs`, and what create and set add to it. */
async function attributesOf(app: App, args: ParsedArgs): Promise<Fields> {
  const wanted = attributes(args, {
    name: 'name', enable: ['admin_state_up', true], disable: ['admin_state_up', false],
    centralized: ['distributed', false], distributed: ['distributed', true],
    availability_zone_hints: 'availability_zone_hints', description: 'description',
  }); // prettier-ignore
  Object.assign(wanted, await projectOf(app, args), await gatewayAttributes(app, args));
  const [id, flavor] = [args.string('flavor_id'), args.string('flavor')];
  if (id !== undefined) {
    const found = await network(app).find<Wire>(NETWORK_KINDS.Flavor, id);
    if (found === undefined) throw new CommandError("'NoneType' object has no attribute 'id'");
    wanted.flavor_id = found.id;
  } else if (flavor !== undefined) wanted.flavor_id = await findId(app, 'Flavor', flavor);
  return {
    ...wanted,
    ...attributes(args, {
      enable_default_route_bfd: 'enable_default_route_bfd', enable_default_route_ecmp: 'enable_default_route_ecmp',
      ha: ['ha', true], no_ha: ['ha', false],
    }),
  }; // prettier-ignore
}

async function checkBfdAndEcmp(app: App, wanted: Fields): Promise<void> {
  if (!('enable_default_route_bfd' in wanted) && !('enable_default_route_ecmp' in wanted)) return;
  if (await hasMultihoming(app)) return;
  throw new CommandError(
    'The external-gateway-multihoming extension is not enabled at the Neutron side, cannot use --enable-default-route-bfd or --enable-default-route-ecmp arguments.',
  );
}

/** Whether options are given that mean nothing without `--external-gateway`. */
function lacksGateway(args: ParsedArgs): boolean {
  const about = args.flag('disable_snat') || args.flag('enable_snat') || (pairsOf(args, 'fixed_ips') ?? []).length > 0;
  return about && args.list('external_gateways').length === 0;
} // prettier-ignore

/** Gateways go in a request of their own where there can be several. */
export async function setGateways(app: App, id: string, gateways: Value | undefined): Promise<void> {
  if (gateways === undefined) return;
  const body = { router: { external_gateways: gateways } };
  await network(app).act(ROUTER.kind, id, 'update_external_gateways', body);
}

/** A router; what it is not able to say about HA and distribution is left out. */
export function showRouter(wire: Wire) {
  const { is_ha, is_distributed } = view(ROUTER, wire);
  const hidden = [...(is_ha === null ? ['is_ha'] : []), ...(is_distributed === null ? ['is_distributed'] : [])];
  const names = Object.fromEntries(Object.entries(ROUTER.names ?? {}).filter(([name]) => !hidden.includes(name)));
  return show({ ...ROUTER, hidden, names }, wire);
} // prettier-ignore

const createRouter: ShowOneCommand = {
  name: 'router create',
  upstream: upstream('router', 'CreateRouter'),
  kind: 'show',
  description:
    'Make a router; it joins the subnets that it is tied to, and leads outside if it has a gateway',
  arguments: [
    extraProperty,
    arg('name', 'Name of the new router'),
    ...either(['enable', 'Switch it on (default)', { default: true }], ['disable', 'Switch it off']),
    ...either(['distributed', 'Have it on every host'], ['centralized', 'Have it on one host']),
    ...either(['ha', 'Have a second one stand by'], ['no-ha', 'Have no second one']),
    opt('description', 'What it is for'),
    ...owner,
    opt('availability-zone-hint', 'Zone to make it in; repeat it for several', 'availability-zone', { action: 'append', dest: 'availability_zone_hints' }),
    ...tagsForCreate('router'),
    ...gateway,
    opt('flavor', 'Flavor of the router (name or ID)', 'flavor-id'),
    opt('flavor-id', '', 'flavor-id', { hidden: true }),
    ...bfdAndEcmp,
  ], // prettier-ignore
  async run(app, args) {
    const wanted = { ...(await attributesOf(app, args)), ...extraProperties(args) };
    if (args.flag('enable_ndp_proxy') && args.list('external_gateways').length === 0)
      throw new CommandError("You must specify '--external-gateway' in order to enable router's NDP proxy");
    Object.assign(wanted, attributes(args, { enable_ndp_proxy: 'enable_ndp_proxy' }));
    await checkBfdAndEcmp(app, wanted);
    const { external_gateways, ...rest } = wanted;
    const made = await updateTags(app, ROUTER, await network(app).create<Wire>(ROUTER.kind, rest), args);
    await setGateways(app, made.id, external_gateways);
    if (lacksGateway(args))
      throw new CommandError(
        "You must specify '--external-gateway' in order to specify SNAT or fixed-ip values",
      );
    return showRouter(made);
  },
};

const COLUMNS: readonly Column[] = [
  ['ID', 'id'], ['Name', 'name'], ['Status', 'status'], ['State', 'is_admin_state_up'], ['Project', 'project_id'],
]; // prettier-ignore

const listRouter: ListerCommand = {
  name: 'router list',
  upstream: upstream('router', 'ListRouter'),
  kind: 'lister',
  description: 'List routers',
  arguments: [
    opt('name', 'Routers of this name only'),
    ...either(['enable', 'Routers that are switched on only'], ['disable', 'Routers that are switched off only']),
    long,
    project('Routers of this project only (name or ID)'),
    projectDomain,
    opt('agent', 'Routers on this agent only (ID)', 'agent-id'),
    ...tagFilters('routers'),
  ], // prettier-ignore
  async run(app, args) {
    const filters = {
      ...attributes(args, { name: 'name', disable: ['admin_state_up', false], enable: ['admin_state_up', true] }),
      ...(await projectOf(app, args, false)),
      ...tagFiltersOf(args),
    }; // prettier-ignore
    const agent = args.string('agent');
    let shape = ROUTER;
    if (agent !== undefined) {
      await network(app).get(NETWORK_KINDS.Agent, agent, `No Agent found for ${agent}`);
      shape = { ...ROUTER, query: '', kind: { ...ROUTER.kind, path: `/agents/${agent}/l3-routers` } };
    }
    const routers = await list(app, shape, filters);
    const columns = [...COLUMNS];
    for (const one of routers.map((wire) => view(ROUTER, wire)))
      for (const column of [['Distributed', 'is_distributed'], ['HA', 'is_ha']] as const)
        if (one[column[1]] !== null && !columns.some(([, name]) => name === column[1])) columns.push(column); // prettier-ignore
    if (args.flag('long')) {
      columns.push(['Routes', 'routes'], ['External gateway info', 'external_gateway_info']);
      if ((await network(app).find(NETWORK_KINDS.Extension, 'router_availability_zone')) !== undefined)
        columns.push(['Availability zones', 'availability_zones']);
      columns.push(['Tags', 'tags']);
    }
    return table(ROUTER, routers, columns);
  },
};

/** The policy of the gateway that a router has. */
async function gatewayPolicy(app: App, args: ParsedArgs, before: Fields, wanted: Fields): Promise<void> {
  const policy = args.string('qos_policy');
  if (!policy && !args.flag('no_qos_policy')) return;
  if (args.list('external_gateways').length === 0) {
    const info = before.external_gateway_info as Fields | null; // the API's contract
    if (info?.network_id === undefined)
      throw new CommandError(
        "You must specify '--external-gateway' or the router must already have an external network in order to set router gateway IP QoS",
      );
    wanted.external_gateway_info = { network_id: info.network_id };
  }
  const id = policy ? await findId(app, 'QoSPolicy', policy) : null;
  if (wanted.external_gateways === undefined)
    wanted.external_gateway_info = { ...(wanted.external_gateway_info as Fields), qos_policy_id: id };
}

const setRouter: Command = {
  name: 'router set',
  upstream: upstream('router', 'SetRouter'),
  kind: 'command',
  description: 'Change a router',
  arguments: [
    extraProperty,
    arg('router', 'What to change (name or ID)'),
    opt('name', 'New name'),
    opt('description', 'New description'),
    ...either(['enable', 'Switch it on'], ['disable', 'Switch it off']),
    ...either(['distributed', 'Have it on every host (while it is switched off)'], ['centralized', 'Have it on one host (while it is switched off)']),
    route('Way to a range (CIDR), by an address; better: router add route', null),
    flag('no-route', 'Take all routes away, before --route makes new ones'),
    ...either(['ha', 'Have a second one stand by (while it is switched off)'], ['no-ha', 'Have no second one (while it is switched off)']),
    ...gateway,
    opt('qos-policy', 'QoS policy of its gateway', 'qos-policy', { exclusive: 'qos' }),
    flag('no-qos-policy', 'Take the QoS policy of its gateway away', { exclusive: 'qos' }),
    ...tagsForSet('router'),
    ...bfdAndEcmp,
  ], // prettier-ignore
  async run(app, args) {
    const before = await find(app, ROUTER, args.string('router') ?? '');
    const wanted = await attributesOf(app, args);
    const fresh = routesOf(args);
    if (fresh) wanted.routes = args.flag('no_route') ? fresh : [...fresh, ...(before.routes as Value[])];
    else if (args.flag('no_route')) wanted.routes = [];
    if (lacksGateway(args))
      throw new CommandError(
        "You must specify '--external-gateway' in order to update the SNAT or fixed-ip values",
      );
    await gatewayPolicy(app, args, before, wanted);
    Object.assign(wanted, extraProperties(args), attributes(args, { enable_ndp_proxy: 'enable_ndp_proxy' }));
    await checkBfdAndEcmp(app, wanted);
    const { external_gateways, ...rest } = wanted;
    const after = await update(app, ROUTER, before, rest);
    await setGateways(app, before.id, external_gateways);
    await updateTags(app, ROUTER, after, args);
  },
};

/** What unset asks for. */
async function restOf(app: App, args: ParsedArgs, before: Fields): Promise<Fields> {
  const wanted: Fields = {};
  const gone = routesOf(args) ?? [];
  if (gone.length > 0) {
    const rest = [...(before.routes as Value[])];
    for (const one of gone) {
      const at = rest.findIndex((other) => same(other, one));
      if (at < 0) throw new CommandError(`Router does not contain route ${repr(one)}`);
      rest.splice(at, 1);
    }
    wanted.routes = rest;
  }
  if (args.flag('qos_policy')) {
    const info = before.external_gateway_info as Fields | null; // the API's contract
    if (info?.network_id === undefined || (info.network_id && !('qos_policy_id' in info)))
      throw new CommandError('Router does not have external network or qos policy');
    wanted.external_gateway_info = { network_id: info.network_id, qos_policy_id: null };
  }
  if (args.get('external_gateways') === true) wanted.external_gateway_info = {};
  Object.assign(wanted, extraProperties(args, true));
  if (dumps(wanted) !== '{}' && (await hasMultihoming(app))) {
    const body = { router: { external_gateways: {} } };
    await network(app).act(ROUTER.kind, String(before.id), 'remove_external_gateways', body);
  }
  return wanted;
}

/** Commands about routers themselves. */
export const routerCommands: readonly Command[] = [
  createRouter,
  deleteCommand(ROUTER, words('DeleteRouter')),
  listRouter,
  setRouter,
  setCommand(
    ROUTER,
    words('UnsetRouter'),
    [
      route('Route to take away', null),
      flag('external-gateway', 'Take the gateway away', { default: false, dest: 'external_gateways' }),
      flag('qos-policy', 'Take the QoS policy of its gateway away', { default: false }),
      arg('router', 'What to change (name or ID)'),
      ...tagsForUnset('router'),
    ],
    restOf,
    { verb: 'unset' },
  ),
];
