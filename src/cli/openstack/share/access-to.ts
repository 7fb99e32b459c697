/** Whom a rule may name, as manilaclient sees it before it asks: `_validate_access` of manilaclient/v2/shares.py. */
import { CommandError } from '../../errors';
import { ipNetworkError, ipv4NetworkError } from '../../../python/ipaddress';
import type { ManilaClient } from './manila';

/** @throws {@link CommandError} */
export function checkAccess(client: ManilaClient, type: string, to: string): void {
  const types = ['ip', 'user', 'cert', ...(client.atLeast(13) ? ['cephx'] : [])];
  const problem = types.includes(type)
    ? problemOf(type, to, client.atLeast(38))
    : `Only following access types are supported: ${types.join(', ')}`;
  if (problem !== undefined) throw new CommandError(problem);
}

function problemOf(type: string, to: string, ipv6: boolean): string | undefined {
  if (type === 'ip') return ipv6 ? ipNetworkError(to) : ipv4NetworkError(to);
  if (type === 'user') return userProblem(to);
  if (type === 'cephx') return cephxProblem(to.trim());
  const length = [...to.trim()].length;
  return length === 0 || length > 64 ? 'Invalid CN (common name). Must be 1-64 chars long.' : undefined;
}

function userProblem(name: string): string | undefined {
  if (/^[\s|.]+$/.test(name)) return 'Invalid user or group name,cannot consist solely of periods or spaces.';
  if (/^.[^"/\\[\]:;|=,+*?<>]{3,254}\n?$/.test(name)) return undefined;
  return 'Invalid user or group name. Must be 4-255 characters and consist of alphanumeric characters and exclude special characters "/\\[]:;|=,+*?<>';
}

function cephxProblem(id: string): string | undefined {
  if (id === '') return 'Ceph IDs may not be empty.';
  if (!/^[\t\n\v\f\r -~]*$/.test(id)) return 'Ceph IDs must consist of ASCII printable characters.';
  return id.includes('.') ? 'Ceph IDs may not contain periods.' : undefined;
}
