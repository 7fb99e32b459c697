/** What options of ports are, and what they are to the API: openstackclient/network/v2/port.py. */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { repr } from '../../python';
import type { App } from '../app';
import { flag, opt } from '../compute/options';
import type { Fields } from '../compute/sdk';
import { attributes, commaValues, either, jsonOrPair, keyed, pairsOf, projectOf } from './options';
import { findId } from './sdk';

const PAIR = 'ip-address=<ip-address>[,mac-address=<mac-address>]';
export const FIXED = 'subnet=<subnet>,ip-address=<ip-address>';
const VNICS = [
  'direct', 'direct-physical', 'macvtap', 'normal', 'baremetal', 'virtio-forwarder', 'vdpa', 'remote-managed',
]; // prettier-ignore
export const NUMA = ['required', 'preferred', 'socket', 'legacy'];

export const fixedIp = (help: string, metavar = FIXED, more: Partial<ArgumentSpec> = {}): ArgumentSpec =>
  keyed(
    'fixed-ip',
    help,
    metavar,
    [],
    ['subnet', 'ip-address', 'ip-substring'].slice(0, metavar === FIXED ? 2 : 3),
    more,
  );
export const allowedAddress = (help: string): ArgumentSpec =>
  keyed('allowed-address', help, PAIR, ['ip-address'], ['mac-address'], { dest: 'allowed_address_pairs' });
export const dhcpOption: ArgumentSpec = {
  names: ['--extra-dhcp-option'], metavar: 'name=<name>[,value=<value>,ip-version={4,6}]', dest: 'extra_dhcp_options',
  default: [], action: 'fold', fold: commaValues(['name'], ['value', 'ip-version']),
  help: 'DHCP option that the port is told of; repeat it for several',
}; // prettier-ignore
export const bindingProfile: ArgumentSpec = {
  names: ['--binding-profile'], metavar: '<binding-profile>', action: 'fold', fold: jsonOrPair,
  help: 'Notes for who binds the port, as key=value or JSON; repeat it for several',
}; // prettier-ignore
export const groups = (help: string, more: Partial<ArgumentSpec> = {}): ArgumentSpec =>
  opt('security-group', `${help} (name or ID); repeat it for several`, undefined, {
    action: 'append',
    dest: 'security_groups',
    ...more,
  });
export const portSecurity = either(
  ['enable-port-security', 'Filter what the port sends and gets (default)'],
  ['disable-port-security', 'Let the port send and get anything'],
);
export const uplink = either(
  ['enable-uplink-status-propagation', 'Tell the server when the link is down'],
  ['disable-uplink-status-propagation', 'Do not tell the server when the link is down'],
);
export const qosPolicy = opt('qos-policy', 'QoS policy of the port (name or ID)');

/** `_add_updatable_args` */
export const updatable: readonly ArgumentSpec[] = [
  opt('description', 'What it is for'),
  opt('device', 'What the port belongs to (ID)', 'device-id'),
  opt('mac-address', 'MAC address of the port'),
  opt('device-owner', 'What kind of thing it belongs to, such as network:dhcp'),
  opt('vnic-type', `What kind of card it is: ${VNICS.join(', ')} (default: normal)`, undefined, { choices: VNICS }),
  opt('host', 'Host to bind it on', 'host-id'),
  { names: ['--dns-domain'], metavar: 'dns-domain', help: 'DNS domain of the port' },
  opt('dns-name', 'DNS name of the port'),
  ...NUMA.map((policy) => flag(`numa-policy-${policy}`, `NUMA policy of the port: ${policy}`, { exclusive: 'numa' })),
  {
    names: ['--hint'], metavar: '<alias=value>', action: 'fold', fold: jsonOrPair, default: {},
    help: 'Hint for the back end, such as ovs-tx-steering=thread; repeat it for several',
  },
  ...either(['trusted', 'Trust the port'], ['not-trusted', 'Do not trust the port']),
]; // prettier-ignore

/** `_get_attrs` */
export async function attributesOf(app: App, args: ParsedArgs): Promise<Fields> {
  const wanted = attributes(args, {
    description: 'description', device: 'device_id?', device_owner: 'device_owner', enable: ['admin_state_up', true],
    disable: ['admin_state_up', false], vnic_type: 'binding:vnic_type', host: 'binding:host_id?',
    mac_address: 'mac_address', dns_domain: 'dns_domain', dns_name: 'dns_name', name: 'name',
  }); // prettier-ignore
  Object.assign(
    wanted,
    await projectOf(app, args),
    attributes(args, {
      disable_port_security: ['port_security_enabled', false], enable_port_security: ['port_security_enabled', true],
    }),
  ); // prettier-ignore
  const policy = args.string('qos_policy');
  if (policy) wanted.qos_policy_id = await findId(app, 'QoSPolicy', policy);
  return {
    ...wanted,
    ...attributes(args, {
      enable_uplink_status_propagation: ['propagate_uplink_status', true],
      disable_uplink_status_propagation: ['propagate_uplink_status', false],
      ...Object.fromEntries(NUMA.map((one) => [`numa_policy_${one}`, ['numa_affinity_policy', one] as const])),
      device_profile: 'device_profile?', hardware_offload_type: 'hardware_offload_type?',
      not_trusted: ['trusted', false], trusted: ['trusted', true],
    }),
  }; // prettier-ignore
}

export function addressPairs(args: ParsedArgs): Fields[] {
  return (pairsOf(args, 'allowed_address_pairs') ?? []).map((pair) => ({
    ip_address: pair['ip-address'] ?? '',
    ...(pair['mac-address'] !== undefined && { mac_address: pair['mac-address'] }),
  }));
}

export function dhcpOptions(args: ParsedArgs): Fields {
  const options = pairsOf(args, 'extra_dhcp_options') ?? [];
  if (options.length === 0) return {};
  return {
    extra_dhcp_opts: options.map((one) => ({
      opt_name: one.name ?? '',
      ...(one.value !== undefined && { opt_value: one.value }),
      ...(one['ip-version'] !== undefined && { ip_version: one['ip-version'] }),
    })),
  };
}

export async function groupIds(app: App, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push(await findId(app, 'SecurityGroup', name));
  return ids;
}

/** `--hint`: its short forms and its long one. */
export async function hintsOf(app: App, args: ParsedArgs): Promise<Fields> {
  const hint = args.get('hint') as Fields; // the fold makes it
  if (Object.keys(hint).length === 0) return {};
  const long = (steering: string): Fields => ({ openvswitch: { other_config: { 'tx-steering': steering } } });
  const steering = ['thread', 'hash'].find((one) =>
    [{ 'ovs-tx-steering': one }, long(one)].some((valid) => repr(valid) === repr(hint)),
  );
  if (steering === undefined)
    throw new CommandError('Invalid value to --hints, see --help for valid values.');
  for (const extension of ['port-hints', 'port-hint-ovs-tx-steering']) {
    try {
      await findId(app, 'Extension', extension);
    } catch (error) {
      throw new CommandError(
        `Not supported by Network API: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return { hints: long(steering) };
}
