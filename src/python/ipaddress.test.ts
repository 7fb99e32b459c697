import { expect, test } from 'vitest';
import { ipNetworkError, ipv4NetworkError } from './ipaddress';

// what Python 3.13 says: ipaddress.ip_network(text), ipaddress.IPv4Network(text)
test.each<[string, string | undefined, string | undefined]>([
  ['10.0.0.0/24', undefined, undefined],
  ['10.0.0.5', undefined, undefined],
  ['10.0.0.0/255.255.255.0', undefined, undefined],
  ['10.0.0.5/8', '10.0.0.5/8 has host bits set', '10.0.0.5/8 has host bits set'],
  ['10.0.0.300', "'10.0.0.300' does not appear to be an IPv4 or IPv6 network", "Octet 300 (> 255) not permitted in '10.0.0.300'"],
  ['ten', "'ten' does not appear to be an IPv4 or IPv6 network", "Expected 4 octets in 'ten'"],
  ['', "'' does not appear to be an IPv4 or IPv6 network", 'Address cannot be empty'],
  ['10.0.0.0/33', "'10.0.0.0/33' does not appear to be an IPv4 or IPv6 network", "'33' is not a valid netmask"],
  ['01.2.3.4', "'01.2.3.4' does not appear to be an IPv4 or IPv6 network", "Leading zeros are not permitted in '01' in '01.2.3.4'"],
  ['10.0.0.0/24/1', "'10.0.0.0/24/1' does not appear to be an IPv4 or IPv6 network", "Only one '/' permitted in '10.0.0.0/24/1'"],
  ['fe80::1', undefined, "Expected 4 octets in 'fe80::1'"],
  ['fe80::1/64', 'fe80::1/64 has host bits set', "Expected 4 octets in 'fe80::1'"],
  ['::/0', undefined, "Expected 4 octets in '::'"],
])('a network, or why it is none: %s', (text, both, four) => {
  expect(ipNetworkError(text)).toBe(both);
  expect(ipv4NetworkError(text)).toBe(four);
}); // prettier-ignore
