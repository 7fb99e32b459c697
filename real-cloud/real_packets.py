"""Loads what neutron gives to ipset and iptables-restore into Linux, and sends packets through it.

A host is a network namespace of its own: of each port the bridge `qbr…` with `tap…` and `qvb…` in it, as the driver
`iptables_hybrid` finds it; br_netfilter takes what the bridge forwards to iptables. The servers and the network between
the hosts are this program: it holds the far ends of the wires, puts a packet on one and looks whether it comes out of the
other.
"""

import itertools
import os
import signal
import socket
import struct
import subprocess
import traceback
import types

import frames

ROUTER = '02:00:00:00:00:01'
MARK = 0x88b5  # an EtherType for experiments: no firewall of IP looks at it
NUMBERS = itertools.count()
SOL_PACKET, PACKET_IGNORE_OUTGOING = 263, 23


def run(words, text=''):
    done = subprocess.run(words, input=text, text=True, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(f'{" ".join(words)} ended with {done.returncode}: {done.stderr.strip()}')


def own_world():
    """A network namespace for this program; packets on one processor do not overtake each other."""
    os.unshare(os.CLONE_NEWNET)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def probe():
    """Why there are no real packets here, empty if there are: a rule for bridges has to stop one, and without it one passes."""
    port, packet = '00000000-0000-4000-8000-000000000000', {
        'source': '192.0.2.1', 'destination': '192.0.2.2', 'protocol': 17, 'sourceMac': ROUTER}
    case = {'ports': [{'id': port, 'mac_address': ROUTER}]}
    came = []
    for rule in ('', '-A FORWARD -m physdev --physdev-is-bridged -j DROP\n'):
        commands = types.SimpleNamespace(ipset=[], restored={'iptables-restore': f'*filter\n{rule}COMMIT\n'})
        neutron = types.SimpleNamespace(commands=commands, device=lambda port: f'tap{port}'[:14])
        try:
            with Cloud(case, neutron) as cloud:
                came.append(cloud.step('out', port, True, packet)['accepted'])
        except (OSError, RuntimeError) as error:
            return str(error).strip().splitlines()[-1]
    return '' if came == [True, False] else 'iptables does not see what a bridge forwards (br_netfilter)'


class Cloud:
    """The ports of a case behind the rules that neutron has for them."""

    def __init__(self, case, neutron):
        self.macs = {each['id']: each['mac_address'] for each in case['ports']}
        self.wires = {}
        self.neutron = neutron
        self.host = None

    def __enter__(self):
        ready, tell = os.pipe()
        self.host = os.fork()
        if self.host == 0:
            os.close(ready)
            self._be_host(tell)
        os.close(tell)
        with os.fdopen(ready) as pipe:
            said = pipe.read()
        try:
            if said != 'ready':
                raise RuntimeError(said)
            for port in self.macs:
                self.wires[port] = tuple(self._wire(name) for name in self._far_ends(port))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for wire in itertools.chain(*self.wires.values()):
            wire.close()
        os.kill(self.host, signal.SIGKILL)
        os.waitpid(self.host, 0)

    def step(self, at, port, egress, packet):
        """Sends it from the server (`egress`) or to it, and says whether it came through."""
        server, network = self.wires[port]
        source, target = (server, network) if egress else (network, server)
        macs = (packet['sourceMac'], ROUTER) if egress else (ROUTER, self.macs[port])
        sent = frames.frame(dict(packet, answer=at.startswith('answer')), *macs)
        mark = frames.ethernet(*macs, MARK, struct.pack('!I', next(NUMBERS)) + bytes(46))
        source.send(sent)
        source.send(mark)
        came = False
        while (seen := target.recv(2048)) != mark:
            if seen[12:14] == sent[12:14]:
                if seen != sent:
                    raise RuntimeError(f'sent {sent.hex()}, came {seen.hex()}')
                came = True
        return {'at': at, 'accepted': came}

    def _far_ends(self, port):
        at = f'{self.host or os.getpid()}-{list(self.macs).index(port)}'
        return f'vm{at}', f'qvo{at}'

    @staticmethod
    def _wire(name):
        run(['ip', 'link', 'set', name, 'addrgenmode', 'none', 'up'])
        wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        wire.bind((name, 0))
        wire.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        wire.settimeout(5)
        return wire

    def _be_host(self, tell):
        """The other process: makes the bridges, loads the rules, and waits for its end."""
        try:
            os.unshare(os.CLONE_NEWNET)
            run(['ip', '-batch', '-'], ''.join(f'{line}\n' for port in self.macs for line in self._links(port)))
            for words, lines in self.neutron.commands.ipset:
                run(['ipset', *words], lines)
            for program, text in self.neutron.commands.restored.items():
                run([program, '-n'], text)
            os.write(tell, b'ready')
        except BaseException:
            os.write(tell, traceback.format_exc().encode())
        os.close(tell)
        signal.pause()

    def _links(self, port):
        bridge, near, tap = ('qbr' + port)[:14], ('qvb' + port)[:14], self.neutron.device(port)
        server, network = self._far_ends(port)
        parent = os.getppid()
        yield f'link add {bridge} type bridge ageing_time 0 mcast_snooping 0 forward_delay 0'
        yield f'link add {tap} type veth peer name {server} netns {parent}'
        yield f'link add {near} type veth peer name {network} netns {parent}'
        for name in (tap, near):
            yield f'link set {name} master {bridge} addrgenmode none up'
        yield f'link set {bridge} addrgenmode none up'
