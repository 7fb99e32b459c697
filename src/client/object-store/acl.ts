/** Access lists of containers. Models swift/common/middleware/acl.py. */

/** Who may, beside the container's own project. */
export interface ContainerAccess {
  /** Whether anybody may read objects, without a token: `.r:*`. */
  public?: boolean;
  /** Whether anybody who may read may list as well: `.rlistings`. */
  listings?: boolean;
  /** Hosts whose pages may link here, `-` in front for those that may not. Anybody can pretend to be one. */
  referrers?: readonly string[];
  /** Projects by id, or users by id of a project; `*` for any project or any user. */
  grants?: readonly { projectId: string; userId?: string }[];
  /** Roles in the container's project. */
  roles?: readonly string[];
}

/**
 * An access list as `readAcl` and `writeAcl` take it. Only a list for reading can have `public`, `listings` and
 * `referrers`.
 *
 * @example
 * await cloud.objectStore.updateContainer('www', { readAcl: containerAcl({ public: true, listings: true }) });
 */
export function containerAcl(access: ContainerAccess): string {
  return [
    ...(access.public ? ['.r:*'] : []),
    ...(access.referrers ?? []).map((host) => `.r:${host}`),
    ...(access.listings ? ['.rlistings'] : []),
    ...(access.grants ?? []).map(({ projectId, userId = '*' }) => `${projectId}:${userId}`),
    ...(access.roles ?? []),
  ].join(',');
}

/** Reads what {@link containerAcl} writes; unknown words count as roles. */
export function parseContainerAcl(acl: string): ContainerAccess {
  const words = acl
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const hosts = words.filter((word) => word.startsWith('.r:')).map((word) => word.slice(3));
  const others = words.filter((word) => !word.startsWith('.r'));
  return {
    public: hosts.includes('*'),
    listings: words.includes('.rlistings'),
    referrers: hosts.filter((host) => host !== '*'),
    grants: others
      .filter((word) => word.includes(':'))
      .map((word) => ({ projectId: word.replace(/:.*/s, ''), userId: word.replace(/^[^:]*:/, '') })),
    roles: others.filter((word) => !word.includes(':')),
  };
}
