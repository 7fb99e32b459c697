/** The way out of a router: `_get_external_gateway_attrs` of openstackclient/network/v2/router.py. */
import { NETWORK_KINDS } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { Fields } from '../compute/sdk';
import { attributes, pairsOf } from './options';
import { find, findId, network } from './sdk';

/** Whether a router may have several gateways. */
export async function hasMultihoming(app: App): Promise<boolean> {
  const extension = 'external-gateway-multihoming';
  return (await network(app).find(NETWORK_KINDS.Extension, extension)) !== undefined;
}

/** Routes that options name, as the API has them. */
export function routesOf(args: ParsedArgs): Fields[] | undefined {
  return pairsOf(args, 'routes')?.map(({ destination = '', gateway = '' }) => ({ destination, nexthop: gateway }));
} // prettier-ignore

type Gateway = Record<string, string | boolean | null | Fields[]>;

/** What `--external-gateway`, `--fixed-ip`, `--enable-snat` and their like are to the API. */
export async function gatewayAttributes(app: App, args: ParsedArgs): Promise<Fields> {
  const names = args.list('external_gateways');
  if (names.length === 0) return {};
  const gateways: Gateway[] = [];
  for (const name of names) {
    const network_id = await findId(app, 'Network', name);
    const snat = attributes(args, {
      disable_snat: ['enable_snat', false],
      enable_snat: ['enable_snat', true],
    });
    const one: Gateway = { network_id, ...(snat as Gateway) };
    const policy = args.string('qos_policy');
    if (policy) one.qos_policy_id = await findId(app, 'QoSPolicy', policy);
    if (args.flag('no_qos_policy')) one.qos_policy_id = null;
    gateways.push(one);
  }
  const several = await hasMultihoming(app);
  for (const spec of pairsOf(args, 'fixed_ips') ?? []) {
    const { subnet, 'ip-address': address, ...ip }: Record<string, string> = spec;
    let network_id = gateways[0]?.network_id;
    if (subnet) {
      const found = await find(app, { kind: NETWORK_KINDS.Subnet }, subnet);
      ip.subnet_id = found.id;
      network_id = String(found.network_id);
    }
    if (address) ip.ip_address = address;
    const there = gateways.filter((one) => one.network_id === network_id);
    if (there.length === 0)
      throw new CommandError(
        `Subnet ${ip.subnet_id ?? ''} does not belong to any of the networks provided for --external-gateway.`,
      );
    // the first without an address, or else the first
    const gateway = there.find((one) => !('external_fixed_ips' in one)) ?? there[0];
    if (gateway) gateway.external_fixed_ips = [...((gateway.external_fixed_ips ?? []) as Fields[]), ip];
  }
  const [first] = gateways;
  return several ? { external_gateways: gateways } : { external_gateway_info: first ?? null };
}
