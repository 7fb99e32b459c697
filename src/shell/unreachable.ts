/**
 * The error of `fetch`, as Node has it, for a host that the sandbox does not reach.
 *
 * @param known hosts that are there, but not at this port.
 */
export function unreachable(hostname: string, known: readonly string[]): TypeError {
  // names that need no look-up are found as well
  const found = known.includes(hostname) || /^(localhost|[\d.]+|\[.*\])$/.test(hostname);
  const cause = new Error(found ? `connect ECONNREFUSED ${hostname}` : `getaddrinfo ENOTFOUND ${hostname}`);
  return new TypeError('fetch failed', { cause });
}
