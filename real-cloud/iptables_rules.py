"""Reads the input of iptables-restore and ipset, and says what these rules do with a packet.

Only what neutron's firewall driver writes; anything else is an error, so nothing is passed over. Knows nothing of
security groups.
"""

import functools
import ipaddress
import re
import socket

VALID_NEW = {1: {8, 13, 15, 17}, 58: {128, 139}}
INVERSE = {1: {8: 0, 13: 14, 15: 16, 17: 18}, 58: {128: 129, 139: 140}}
UNTRACKED_ICMPV6 = {130, 131, 132, 133, 134, 135, 136, 143}
EXTENSION_HEADERS = {43, 44, 51, 60}
PORT_PROTOCOLS = {6, 17, 33, 132, 136}


class Rule:
    def __init__(self, text):
        self.text = text
        self.matches = []
        self.comment = ''
        self.target = None
        self.target_options = {}
        self._parse([word.strip('"') for word in re.findall(r'"[^"]*"|\S+', text)])

    def _parse(self, words):
        protocol = None
        while words:
            option = words.pop(0)
            if option == '-j':
                self.target = words.pop(0)
            elif option == '--comment':
                self.comment = words.pop(0)
            elif option == '-m':
                words.pop(0)
            elif option == '--zone':
                self.target_options['zone'] = int(words.pop(0))
            elif option == '--notrack':
                self.target_options['notrack'] = True
            elif option == '--physdev-is-bridged':
                self.matches.append(('bridged',))
            elif option in ('-s', '-d'):
                self.matches.append((option, ipaddress.ip_network(words.pop(0), strict=False)))
            elif option == '-p':
                protocol = protocol_number(words.pop(0))
                if protocol != 0:
                    self.matches.append(('-p', protocol))
            elif option in ('--sport', '--dport', '--sports', '--dports'):
                if protocol not in PORT_PROTOCOLS:
                    raise ValueError(f'no ports there: {self.text}')
                first, _, last = words.pop(0).partition(':')
                self.matches.append((option.rstrip('s'), int(first), int(last or first)))
            elif option in ('--icmp-type', '--icmpv6-type'):
                if protocol != (1 if option == '--icmp-type' else 58):
                    raise ValueError(f'no ICMP: {self.text}')
                kind, _, code = words.pop(0).partition('/')
                if not (protocol == 1 and int(kind) == 255):  # that is any
                    self.matches.append(('icmp', int(kind), int(code) if code else None))
            elif option == '--match-set':
                self.matches.append(('set', words.pop(0), words.pop(0)))
            elif option == '--state':
                self.matches.append(('state', set(words.pop(0).split(','))))
            elif option == '--mac-source':
                self.matches.append(('mac', words.pop(0).upper()))
            elif option in ('--physdev-in', '--physdev-out', '-i'):
                self.matches.append((option, words.pop(0)))
            else:
                raise ValueError(f'{option} is not known: {self.text}')


@functools.lru_cache(10000)
def read_rule(text):
    return Rule(text)


@functools.cache
def protocol_number(name):
    return int(name) if name.isdigit() else socket.getprotobyname(name)


class Tables:
    """What iptables-restore -n makes of its input, starting with empty tables."""

    BUILT_IN = {'raw': ('PREROUTING', 'OUTPUT'), 'nat': ('PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'),
                'filter': ('INPUT', 'FORWARD', 'OUTPUT')}

    def __init__(self, text, sets):
        self.sets = sets
        self.tables = {name: {chain: [] for chain in chains} for name, chains in self.BUILT_IN.items()}
        table = None
        for line in text.splitlines():
            if line.startswith('*'):
                table = self.tables[line[1:]]
            elif line.startswith(':'):
                table.setdefault(line[1:].split()[0], [])
            elif line.startswith('-I '):
                _, chain, number, rest = line.split(' ', 3)
                table[chain].insert(int(number) - 1, read_rule(rest))
            elif line.startswith('-A '):
                _, chain, rest = line.split(' ', 2)
                table[chain].append(read_rule(rest))
            elif line and not line.startswith('#') and line != 'COMMIT':
                raise ValueError(f'not known: {line}')

    def walk(self, table, chain, packet):
        """The target that ends the walk ('ACCEPT' of the policy if none does), and every rule that matched, in order."""
        matched = []
        target = self._walk(self.tables[table], chain, packet, matched)
        return ('ACCEPT' if target in (None, 'RETURN') else target), matched

    def _walk(self, chains, chain, packet, matched):
        for rule in chains[chain]:
            if not self.applies(rule, packet):
                continue
            matched.append((chain, rule))
            if rule.target in chains:
                ended = self._walk(chains, rule.target, packet, matched)
                if ended not in (None, 'RETURN'):
                    return ended
            elif rule.target == 'CT':
                packet.update(rule.target_options)
            elif rule.target in ('ACCEPT', 'DROP', 'RETURN'):
                return rule.target
            else:
                raise ValueError(f'no such target: {rule.text}')
        return None

    def applies(self, rule, packet):
        return all(self._matches(match, packet) for match in rule.matches)

    def _matches(self, match, packet):
        kind, *wanted = match
        if kind == '-s':
            return packet['source'] in wanted[0]
        if kind == '-d':
            return packet['destination'] in wanted[0]
        if kind == '-p':
            return packet['protocol'] == wanted[0] and not (
                packet['source'].version == 6 and wanted[0] in EXTENSION_HEADERS)
        if kind in ('--sport', '--dport'):
            return wanted[0] <= packet[kind] <= wanted[1]
        if kind == 'icmp':
            return packet['type'] == wanted[0] and wanted[1] in (None, packet['code'])
        if kind == 'set':
            address = packet['source' if wanted[1] == 'src' else 'destination']
            return any(address in network for network in self.sets.sets[wanted[0]])
        if kind == 'state':
            return packet['state'] in wanted[0]
        if kind == 'mac':
            return packet['mac'].upper() == wanted[0]
        if kind == 'bridged':
            return True
        return packet[kind] == wanted[0]  # devices


class Sets:
    """What ipset makes of its commands."""

    def __init__(self):
        self.sets = {}

    def run(self, words, lines=''):
        command, *rest = [word for word in words if word != '-exist']
        if command == 'create':
            self.sets.setdefault(rest[0], [])
        elif command == 'add':
            self.sets[rest[0]].append(ipaddress.ip_network(rest[1], strict=False))
        elif command == 'restore':
            for line in filter(None, lines.splitlines()):
                self.run(line.split())
        elif command == 'swap':
            self.sets[rest[0]], self.sets[rest[1]] = self.sets[rest[1]], self.sets[rest[0]]
        elif command == 'destroy':
            del self.sets[rest[0]]
        else:
            raise ValueError(f'ipset {command} is not known')


class ConnectionTracking:
    """net/netfilter/nf_conntrack_*.c, as far as a packet and its answer go."""

    def __init__(self):
        self.expected = {}

    def state(self, packet):
        if packet.get('notrack'):
            return 'UNTRACKED'
        protocol, kind = packet['protocol'], packet.get('type')
        if protocol == 58 and kind in UNTRACKED_ICMPV6:
            return 'UNTRACKED'
        if self._tuple(packet) in self.expected.get(packet.get('zone', 0), ()):
            return 'ESTABLISHED'
        if protocol == 6:
            return 'NEW' if packet['flags'] in ('SYN', 'ACK') else 'INVALID'
        if protocol in VALID_NEW:
            return 'NEW' if kind in VALID_NEW[protocol] else 'INVALID'
        return 'NEW'

    def confirm(self, packet):
        """It got through: what answers it belongs to the connection."""
        if packet['state'] == 'NEW':
            self.expected.setdefault(packet.get('zone', 0), set()).add(self._inverse(packet))

    def _tuple(self, packet):
        ends = (packet['--sport'], packet['--dport']) if packet['protocol'] in PORT_PROTOCOLS - {33} else (
            packet.get('type'), packet.get('code'))
        return packet['source'], packet['destination'], packet['protocol'], ends

    def _inverse(self, packet):
        protocol = packet['protocol']
        ends = (packet['--dport'], packet['--sport']) if protocol in PORT_PROTOCOLS - {33} else (
            INVERSE.get(protocol, {}).get(packet.get('type')), packet.get('code'))
        return packet['destination'], packet['source'], protocol, ends
