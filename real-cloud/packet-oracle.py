"""Says what neutron's own firewall rules do with packets: one case as JSON a line in, the steps a line out.

    python3 packet-oracle.py < cases.jsonl          # neutron's rules, read by iptables_rules.py
    python3 packet-oracle.py --real < cases.jsonl   # and loaded into Linux, with real packets (real_packets.py)
    python3 packet-oracle.py --probe                # why that is impossible here; nothing if it is possible

The rules are what neutron's agent gets told of these ports, groups and rules (SecurityGroupServerAPIShim), and what its
driver `iptables_hybrid` hands to ipset and iptables-restore for them. Needs the package neutron-common; --real needs
iptables, ipset, iproute2 and root as well. No service, no database.
"""

import contextlib
import ipaddress
import json
import logging
import sys
import types
import warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter('ignore')
sys.argv[0] = 'neutron-openvswitch-agent'  # its name is in the names of the chains

from neutron_lib.utils import net  # noqa: E402
from oslo_config import cfg  # noqa: E402

from neutron.agent import securitygroups_rpc  # noqa: E402,F401  registers options
from neutron.agent.linux import ip_conntrack, iptables_firewall, iptables_manager, ipset_manager  # noqa: E402
from neutron.agent.linux import utils as linux_utils  # noqa: E402
from neutron.api.rpc.handlers import securitygroups_rpc as handlers  # noqa: E402
from neutron.db import securitygroups_db  # noqa: E402
from neutron.extensions import securitygroup  # noqa: E402

import iptables_rules  # noqa: E402

cfg.CONF([], project='neutron', default_config_files=[])

EMPTY = ''.join(
    f'*{table}\n' + ''.join(f':{chain} ACCEPT [0:0]\n' for chain in chains) + 'COMMIT\n'
    for table, chains in sorted(iptables_rules.Tables.BUILT_IN.items()))


class NoThread:
    def __init__(self, target):
        pass

    def start(self):
        pass


# nothing here is shared with another process, and no connection is ever deleted
for module in (iptables_manager, ipset_manager, ip_conntrack):
    module.lockutils = types.SimpleNamespace(lock=lambda *_, **__: contextlib.nullcontext())
ip_conntrack.threading = types.SimpleNamespace(Thread=NoThread)
iptables_firewall.netutils.is_ipv6_enabled = lambda: True


class Commands:
    """What neutron runs instead of being run."""

    def __init__(self):
        self.restored = {}
        self.ipset = []

    def execute(self, cmd, process_input=None, **_):
        program = cmd[0]
        if program in ('iptables-save', 'ip6tables-save'):
            return EMPTY
        if program in ('iptables-restore', 'ip6tables-restore'):
            assert program not in self.restored and cmd[1:] == ['-n']
            self.restored[program] = process_input
            return ''
        if program == 'ipset':
            self.ipset.append((cmd[1:], process_input or ''))
            return ''
        if program == 'sysctl':
            return '1'
        raise ValueError(f'neutron runs {cmd}')


class Cache:
    """What the agent knows: the resources of a case, as neutron's objects have them."""

    def __init__(self, case):
        self.groups = {each['id']: each for each in case['groups']}
        self.address_groups = {each['id']: each for each in case['addressGroups']}
        self.ports = {each['id']: port_object(each) for each in case['ports']}
        self.rules = [rule for group in case['groups'] for rule in rule_objects(group)]

    def get_resource_by_id(self, kind, key):
        if kind == 'Port':
            return self.ports[key]
        if kind == 'SecurityGroup':
            return types.SimpleNamespace(stateful=self.groups[key]['stateful'])
        return types.SimpleNamespace(addresses=[
            types.SimpleNamespace(address=net.AuthenticIPNetwork(each))
            for each in self.address_groups[key]['addresses']])

    def get_resources(self, kind, filters):
        (name, wanted), = filters.items()
        if kind == 'Port':
            return [port for port in self.ports.values() if set(port.security_group_ids) & set(wanted)]
        return [rule for rule in self.rules if getattr(rule, name) in wanted]


def port_object(given):
    addresses = [{'ip_address': each['ip_address']} for each in given['fixed_ips']]
    pairs = [{k: each[k] for k in ('ip_address', 'mac_address')} for each in given['allowed_address_pairs']]
    port = types.SimpleNamespace(
        id=given['id'], mac_address=given['mac_address'], security_group_ids=given['security_groups'],
        fixed_ips=[types.SimpleNamespace(**each) for each in addresses],
        allowed_address_pairs=[types.SimpleNamespace(**each) for each in pairs],
        security=types.SimpleNamespace(port_security_enabled=given['port_security_enabled']))
    port.to_dict = lambda: {
        'id': given['id'], 'mac_address': given['mac_address'], 'device_owner': 'compute:nova',
        'network_id': '0e700000-0000-4000-8000-000000000000', 'fixed_ips': addresses, 'allowed_address_pairs': pairs,
        'security_group_ids': given['security_groups']}
    return port


VALIDATE = object.__new__(securitygroups_db.SecurityGroupDbMixin)


def rule_objects(group):
    """The rules as the API would store them; raises what the API would answer."""
    for given in group['security_group_rules']:
        rule = dict(given, tenant_id='demo', security_group_id=group['id'])
        rule['protocol'] = securitygroup.convert_protocol(rule['protocol'])
        rule['ethertype'] = securitygroup.convert_ethertype_to_case_insensitive(rule['ethertype'])
        rule['remote_ip_prefix'] = securitygroup.convert_ip_prefix_to_cidr(rule['remote_ip_prefix'])
        VALIDATE._validate_base_security_group_rule_attributes(rule)
        prefix = rule['remote_ip_prefix']
        rule['normalized_cidr'] = str(net.AuthenticIPNetwork(prefix).cidr) if prefix else None
        yield types.SimpleNamespace(**rule, to_dict=lambda rule=rule: dict(rule))


class Neutron:
    """The driver's rules for the ports of a case."""

    def __init__(self, case):
        for port in case['ports']:
            VALIDATE._validate_sgs_for_port([
                types.SimpleNamespace(**group) for group in case['groups'] if group['id'] in port['security_groups']])
        self.commands = Commands()
        linux_utils.execute = self.commands.execute
        ip_conntrack.CONTRACK_MGRS.clear()
        shim = object.__new__(handlers.SecurityGroupServerAPIShim)
        shim.rcache = Cache(case)
        info = shim.security_group_info_for_devices(None, [each['id'] for each in case['ports']])
        self.driver = iptables_firewall.OVSHybridIptablesFirewallDriver()
        # as neutron/agent/securitygroups_rpc.py _apply_port_filter does it
        with self.driver.defer_apply():
            for group, rules in info['security_groups'].items():
                self.driver.update_security_group_rules(group, rules)
            for group, members in info['sg_member_ips'].items():
                self.driver.update_security_group_members(group, members)
            for device in info['devices'].values():
                self.driver.prepare_port_filter(device)
        self.devices = info['devices']
        self.sets = iptables_rules.Sets()
        for words, lines in self.commands.ipset:
            self.sets.run(words, lines)
        self.tables = {
            version: iptables_rules.Tables(self.commands.restored[program], self.sets)
            for version, program in ((4, 'iptables-restore'), (6, 'ip6tables-restore'))}
        self.provider = {
            port: self._texts(device['security_group_rules']) for port, device in self.devices.items()}
        self.rules = {}
        for rule in shim.rcache.rules:
            for text in self._texts([self._as_told(rule)]):
                key = rule.security_group_id, rule.direction, rule.ethertype, text
                self.rules.setdefault(key, []).append(rule.id)

    @staticmethod
    def _as_told(rule):
        told = {key: value for key, value in rule.to_dict().items() if value is not None}
        prefix = told.pop('normalized_cidr', None)
        if prefix:
            told['source_ip_prefix' if rule.direction == 'ingress' else 'dest_ip_prefix'] = prefix
        return told

    def _texts(self, rules):
        return {' '.join(args) for rule in rules if (args := self.driver._convert_sg_rule_to_iptables_args(rule))}

    def is_always_let_in(self, packet):
        """If a rule of a group says the same, neutron drops its own line as a duplicate, and a rule decides; it is let in anyway."""
        return packet['source'].version == 6 and any(
            self.tables[6].applies(iptables_rules.read_rule(line), packet) for line in self.driver._accept_inbound_icmpv6())

    def device(self, port_id):
        return iptables_firewall.get_hybrid_port_name(port_id)


BY_COMMENT = {
    iptables_firewall.ic.DHCP_CLIENT: 'dhcp-client', iptables_firewall.ic.DHCP_SPOOF: 'dhcp-server',
    iptables_firewall.ic.IPV6_ICMP_ALLOW: 'icmpv6', iptables_firewall.ic.IPV6_RA_DROP: 'router-advertisement',
    iptables_firewall.ic.PAIR_DROP: 'address-pair', iptables_firewall.ic.ALLOW_ASSOC: 'established',
    iptables_firewall.ic.INVALID_DROP: 'invalid', iptables_firewall.ic.UNMATCH_DROP: 'no-rule',
    iptables_firewall.ic.PORT_SEC_ACCEPT: 'port-security-off',
}


class Judge:
    """A packet at the bridge of a port: which rule decides."""

    def __init__(self, neutron, case):
        self.neutron, self.case = neutron, case
        self.tracking = iptables_rules.ConnectionTracking()
        self.ports = {each['id']: each for each in case['ports']}

    def step(self, at, port_id, egress, packet):
        tap, far = self.neutron.device(port_id), ('qvb' + port_id)[:14]
        bridge = ('qbr' + port_id)[:14]
        seen = {
            'source': ipaddress.ip_address(packet['source']), 'destination': ipaddress.ip_address(packet['destination']),
            'protocol': packet['protocol'], 'mac': packet['sourceMac'], '-i': bridge,
            '--sport': packet.get('sourcePort'), '--dport': packet.get('destinationPort'),
            'type': packet.get('icmpType'), 'code': packet.get('icmpCode'), 'flags': packet.get('tcpFlags', 'SYN'),
            '--physdev-in': tap if egress else far, '--physdev-out': far if egress else tap,
        }
        tables = self.neutron.tables[seen['source'].version]
        tables.walk('raw', 'PREROUTING', seen)
        seen['state'] = self.tracking.state(seen)
        assert tables.walk('nat', 'PREROUTING', seen)[0] == 'ACCEPT'
        target, matched = tables.walk('filter', 'FORWARD', seen)
        if target == 'ACCEPT':
            self.tracking.confirm(seen)
        return {'at': at, 'accepted': target == 'ACCEPT', **self._by(port_id, egress, seen, target, matched)}

    def _by(self, port_id, egress, seen, target, matched):
        own = f'neutron-openvswi-{"o" if egress else "i"}{port_id}'[:len('neutron-openvswi-') + 11]
        if target == 'DROP':
            rule = matched[-1][1]
        else:
            rule = next((rule for chain, rule in reversed(matched)
                         if chain == own and rule.target == 'RETURN' or 'Accept all' in rule.comment), None)
        if rule is None:
            return {'by': f'nothing: {[each.text for _, each in matched]}'}
        if rule.comment:
            return {'by': BY_COMMENT[rule.comment]}
        ethertype = f'IPv{seen["source"].version}'
        if not egress and self.neutron.is_always_let_in(seen):
            return {'by': 'icmpv6'}
        if not egress and rule.text in self.neutron.provider[port_id]:
            return {'by': 'icmpv6' if 'icmpv6-type 134' in rule.text else 'dhcp-answer'}
        direction = 'egress' if egress else 'ingress'
        return {'by': 'rule', 'rules': [
            each for group in self.ports[port_id]['security_groups']
            for each in self.neutron.rules.get((group, direction, ethertype, rule.text), [])]}


def answer_to(packet, mac):
    """What the other side sends back; None if nothing."""
    destination = ipaddress.ip_address(packet['destination'])
    source = ipaddress.ip_address(packet['source'])
    if destination.is_multicast or str(destination) == '255.255.255.255' or source.is_unspecified:
        return None
    answer = dict(packet, sourceMac=mac, source=packet['destination'], destination=packet['source'])
    for here, there in (('sourcePort', 'destinationPort'), ('destinationPort', 'sourcePort')):
        if there in packet:
            answer[here] = packet[there]
    if packet['protocol'] == 6:
        flags = {'SYN': 'SYN,ACK', 'SYN,ACK': 'RST', 'ACK': 'ACK', 'FIN,ACK': 'ACK'}.get(packet.get('tcpFlags', 'SYN'))
        return dict(answer, tcpFlags=flags) if flags else None
    if packet['protocol'] in (1, 58):
        kind = {1: {8: 0, 13: 14, 15: 16, 17: 18}, 58: {128: 129, 139: 140, 133: 134, 135: 136}}[
            packet['protocol']].get(packet['icmpType'])
        return None if kind is None else dict(answer, icmpType=kind)
    return answer


def journey(case, step):
    """Takes the packet and its answer along; `step` says what happens at a port."""
    packet, sender, receiver = case['packet'], case['from'], case['to']
    macs = {each['id']: each['mac_address'] for each in case['ports']}
    if sender and not (yield step('out', sender, True, packet)):
        return
    arriving = dict(packet, **case.get('translated', {}))
    if receiver and not (yield step('in', receiver, False, arriving)):
        return
    answer = answer_to(arriving, macs.get(receiver, '02:00:00:00:00:01'))
    if answer is None or receiver and not (yield step('answerOut', receiver, True, answer)):
        return
    if sender:
        yield step('answerIn', sender, False, dict(
            answer, source=packet['destination'], destination=packet['source']))


def follow(case, step):
    steps = []
    walk = journey(case, step)
    with contextlib.suppress(StopIteration):
        done = next(walk)
        while True:
            steps.append(done)
            done = walk.send(done['accepted'])
    return steps


def main():
    real = '--real' in sys.argv or '--probe' in sys.argv
    if real:
        import real_packets
        real_packets.own_world()
    if '--probe' in sys.argv:
        print(real_packets.probe(), end='')
        return
    for line in sys.stdin:
        case = json.loads(line)
        try:
            neutron = Neutron(case)
            answer = {'steps': follow(case, Judge(neutron, case).step)}
            if real:
                with real_packets.Cloud(case, neutron) as cloud:
                    answer['real'] = follow(case, cloud.step)
        except Exception as error:
            answer = {'error': f'{type(error).__name__}: {error}'}
        print(json.dumps(answer), flush=True)


main()
