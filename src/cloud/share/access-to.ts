import { ipNetworkError, ipv4NetworkError, sameNetwork } from '../../python/ipaddress';
import { badRequest } from './errors';
import type { AccessRecord } from './state';

/** Whom a rule may name: `validate_access` of manila/api/common.py. @throws {@link ManilaError} 400. */
export function validateAccess(type: string, to: string, allowed: { ceph: boolean; ipv6: boolean }): void {
  const problem = accessProblem(type, to, allowed);
  if (problem !== undefined) throw badRequest(problem);
}

/** Whether there is a rule for somebody already, perhaps written otherwise: `_check_for_existing_access` of manila/db/sqlalchemy/api.py. */
export function isNamed(rules: readonly AccessRecord[], type: string, to: string): boolean {
  const [address = ''] = to.split('/');
  return rules.some(
    ({ access_type, access_to }) =>
      access_type === type &&
      (type === 'ip' ? access_to.startsWith(address) && sameNetwork(access_to, to) : access_to === to),
  );
}

function accessProblem(
  type: string,
  to: string,
  { ceph, ipv6 }: { ceph: boolean; ipv6: boolean },
): string | undefined {
  if (type === 'ip') return ipv6 ? ipNetworkError(to) : ipv4NetworkError(to);
  if (type === 'user') return userProblem(to);
  if (type === 'cert') {
    const length = [...to.trim()].length;
    return length === 0 || length > 64 ? 'Invalid CN (common name). Must be 1-64 chars long.' : undefined;
  }
  if (type === 'cephx' && ceph) return cephxProblem(to);
  return ceph
    ? "Only 'ip', 'user', 'cert' or 'cephx' access types are supported."
    : "Only 'ip', 'user' or 'cert' access types are supported.";
}

function userProblem(name: string): string | undefined {
  if (/^[\s|.]+$/.test(name)) return 'Invalid user or group name,cannot consist solely of periods or spaces.';
  if (/^.[^"/\\[\]:;|=,+*?<>]{3,254}$/u.test(name)) return undefined;
  return 'Invalid user or group name. Must be 4-255 characters and consist of alphanumeric characters and exclude special characters "/\\[]:;|=,+*?<>';
}

function cephxProblem(id: string): string | undefined {
  if (id === '') return 'Ceph IDs may not be empty.';
  if (!/^[\t\n\v\f\r -~]*$/.test(id)) return 'Ceph IDs must consist of ASCII printable characters.';
  return id.includes('.') ? 'Ceph IDs may not contain periods.' : undefined;
}
