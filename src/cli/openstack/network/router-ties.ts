/** What routers are tied to: the add and remove commands of openstackclient/network/v2/router.py. */
import { CommandError } from '../../errors';
import type { Command, PlainCommand, ShowOneCommand } from '../command';
import { arg } from '../compute/options';
import { upstream } from './common';
import { gatewayIp, route, showRouter } from './router';
import { gatewayAttributes, hasMultihoming, routesOf } from './router-gateway';
import type { Fields } from '../compute/sdk';
import { find, findId, list, network, type Wire } from './sdk';
import { PORT, ROUTER } from './shapes';

const VERBS = ['add', 'remove'] as const;
type Verb = (typeof VERBS)[number];

/** `AddPortToRouter`, `RemoveSubnetFromRouter` and their like. */
const className = (verb: Verb, what: string): string =>
  verb === 'add' ? `Add${what}ToRouter` : `Remove${what}FromRouter`;
const router = arg('router', 'Router (name or ID)');

const tie = (verb: Verb, what: 'Port' | 'Subnet'): PlainCommand => ({
  name: `router ${verb} ${what.toLowerCase()}`,
  upstream: upstream('router', className(verb, what)),
  kind: 'command',
  description: verb === 'add' ? `Tie a router to a ${what.toLowerCase()}` : `Untie a router from a ${what.toLowerCase()}`,
  arguments: [router, arg(what.toLowerCase(), `${what} (name or ID)`)],
  async run(app, args) {
    const id = await findId(app, what, args.string(what.toLowerCase()) ?? '');
    const of = await find(app, ROUTER, args.string('router') ?? '');
    const body = { [`${what.toLowerCase()}_id`]: id };
    await network(app).act(ROUTER.kind, of.id, `${verb}_router_interface`, body);
  },
}); // prettier-ignore

const routes = (verb: Verb): ShowOneCommand => ({
  name: `router ${verb} route`,
  upstream: upstream('router', className(verb, 'ExtraRoutes')),
  kind: 'show',
  description: verb === 'add' ? 'Give a router more routes' : 'Take routes from a router',
  arguments: [router, route('Way to a range (CIDR), by an address')],
  async run(app, args) {
    const of = await find(app, ROUTER, args.string('router') ?? '');
    const body = { router: { routes: routesOf(args) ?? [] } };
    const after = await network(app).act<Wire>(ROUTER.kind, of.id, `${verb}_extraroutes`, body);
    return showRouter({ ...of, ...after });
  },
});

const gateways = (verb: Verb): ShowOneCommand => ({
  name: `router ${verb} gateway`,
  upstream: upstream('router', className(verb, 'Gateway')),
  kind: 'show',
  description: verb === 'add' ? 'Give a router one more gateway' : 'Take a gateway from a router',
  arguments: [
    router,
    arg('external_gateways', 'External network (name or ID)', { nargs: 1, metavar: '<network>' }),
    gatewayIp('Subnet (name or ID), address, or both'),
  ],
  async run(app, args) {
    if (!(await hasMultihoming(app)))
      throw new CommandError('The external-gateway-multihoming extension is not enabled at the Neutron side.');
    const of = await find(app, ROUTER, args.string('router') ?? '');
    const body = { router: await gatewayAttributes(app, args) };
    const after = await network(app).act<Wire>(ROUTER.kind, of.id, `${verb}_external_gateways`, body);
    return showRouter({ ...of, ...after });
  },
}); // prettier-ignore

/** `openstack router show` */
const showRouterCommand: ShowOneCommand = {
  name: 'router show',
  upstream: upstream('router', 'ShowRouter'),
  kind: 'show',
  description: 'Show everything about a router, and what it is tied to',
  arguments: [arg('router', 'What to show (name or ID)')],
  async run(app, args) {
    const router = await find(app, ROUTER, args.string('router') ?? '');
    const ports = await list(app, PORT, { device_id: router.id });
    const interfaces_info = ports
      .filter(({ device_owner }) => device_owner !== 'network:router_gateway')
      .flatMap(({ id, fixed_ips }) =>
        (fixed_ips as Fields[]).map(({ ip_address = null, subnet_id = null }) => ({ port_id: id, ip_address, subnet_id })),
      ); // prettier-ignore
    return showRouter({ ...router, interfaces_info });
  },
};

/** `router add` and `router remove`, and `router show`, which shows what came of them. */
export const routerTieCommands: readonly Command[] = VERBS.flatMap((verb): Command[] => [
  tie(verb, 'Port'),
  tie(verb, 'Subnet'),
  routes(verb),
  gateways(verb),
]).concat(showRouterCommand);
