"""Packets as bytes: Ethernet, IP, and what is in them, with the right checksums."""

import ipaddress
import struct

FLAGS = {'SYN': 0x02, 'SYN,ACK': 0x12, 'ACK': 0x10, 'FIN,ACK': 0x11, 'RST': 0x04}
SEQUENCE = {'SYN': 1000, 'ACK': 1000, 'FIN,ACK': 1000, 'SYN,ACK': 5000, 'RST': 1001}
ICMP_ERRORS = {1: {3, 4, 5, 11, 12}, 58: {1, 2, 3, 4}}


def checksum(data):
    data += b'\0' * (len(data) % 2)
    total = sum(struct.unpack(f'!{len(data) // 2}H', data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return crc ^ 0xffffffff


def frame(packet, source_mac, destination_mac):
    """A frame of a case's packet; `answer` in it says that it answers another."""
    source, destination = (ipaddress.ip_address(packet[end]) for end in ('source', 'destination'))
    protocol = packet['protocol']
    body = body_of(packet, protocol, lambda data: pseudo_header(source, destination, protocol, len(data)) + data)
    if source.version == 4:
        head = struct.pack('!BBHHHBBH', 0x45, 0, 20 + len(body), 7, 0x4000, 64, protocol, 0)
        head += source.packed + destination.packed
        head = head[:10] + struct.pack('!H', checksum(head)) + head[12:]
    else:
        head = struct.pack('!IHBB', 0x60000000, len(body), protocol, 255) + source.packed + destination.packed
    return ethernet(source_mac, destination_mac, 0x0800 if source.version == 4 else 0x86dd, head + body)


def pseudo_header(source, destination, protocol, length):
    if source.version == 4:
        return source.packed + destination.packed + struct.pack('!BBH', 0, protocol, length)
    return source.packed + destination.packed + struct.pack('!IHBB', length, 0, 0, protocol)


def ethernet(source, destination, kind, body):
    return bytes.fromhex((destination + source).replace(':', '')) + struct.pack('!H', kind) + body


def body_of(packet, protocol, for_checksum):
    ends = struct.pack('!HH', packet.get('sourcePort') or 0, packet.get('destinationPort') or 0)
    data = b'packet lab'
    if protocol == 6:
        return tcp(packet, ends, for_checksum)
    if protocol in (17, 136):
        head = ends + struct.pack('!H', 8 + len(data))
        return head + struct.pack('!H', checksum(for_checksum(head + b'\0\0' + data)) or 0xffff) + data
    if protocol == 132:
        return sctp(packet, ends)
    if protocol in (1, 58):
        return icmp(packet, protocol, for_checksum)
    if protocol == 33:
        return ends + struct.pack('!BBHBBHI', 5, 0, 0, 1, 0, 0, 1) + bytes(8)
    if protocol == 47:
        return struct.pack('!HH', 0, 0x0800) + data
    return bytes([0, 0, 0, 9]) + data + bytes(16)


def tcp(packet, ends, for_checksum):
    flags = packet.get('tcpFlags', 'SYN')
    answer = packet.get('answer')
    mine, theirs = (5000, 1001) if answer else (SEQUENCE[flags], 5000)
    acknowledged = theirs if 'ACK' in flags else 0
    head = ends + struct.pack('!IIBBH', mine, acknowledged, 0x50, FLAGS[flags], 64000)
    return head + struct.pack('!HH', checksum(for_checksum(head + bytes(4))), 0)


def sctp(packet, ends):
    """INIT, or INIT ACK."""
    kind, tag, own = (2, 0x11111111, 0x22222222) if packet.get('answer') else (1, 0, 0x11111111)
    chunk = struct.pack('!BBHIIHHI', kind, 0, 20, own, 64000, 1, 1, 1)
    head = ends + struct.pack('!I', tag)
    return head + struct.pack('<I', crc32c(head + bytes(4) + chunk)) + chunk


def icmp(packet, protocol, for_checksum):
    head = struct.pack('!BB', packet['icmpType'], packet.get('icmpCode') or 0)
    rest = struct.pack('!HH', 7, 1) + bytes(24)
    if packet['icmpType'] in ICMP_ERRORS[protocol]:  # about a packet that nobody has seen
        rest = bytes(4) + inner(packet, protocol)
    data = head + bytes(2) + rest
    return head + struct.pack('!H', checksum(data if protocol == 1 else for_checksum(data))) + rest


def inner(packet, protocol):
    source, destination = (ipaddress.ip_address(packet[end]).packed for end in ('destination', 'source'))
    ports = struct.pack('!HHHH', 12345, 54321, 8, 0)
    if protocol == 58:
        return struct.pack('!IHBB', 0x60000000, 8, 17, 64) + source + destination + ports
    head = struct.pack('!BBHHHBBH', 0x45, 0, 28, 9, 0, 64, 17, 0) + source + destination
    return head[:10] + struct.pack('!H', checksum(head)) + head[12:] + ports
