/** Who asks, as the token says: barbican/context.py. */
export interface RequestContext {
  userId: string;
  projectId: string;
  /** In lower case, with the roles that they imply. */
  roles: readonly string[];
}

/** A secret or container, as the rules look at it. */
export interface Target {
  project_id: string;
  creator_id: string;
  acl: { project_access: boolean; users: readonly string[] } | null;
}

/**
 * The rules of barbican/common/policies as they are with `enforce_new_defaults`: a member of the project works with its
 * secrets unless they are private, and a reader with none. Without that setting, which Debian's package leaves off, the
 * old rules hold and only the roles `creator`, `observer`, `audit` and `admin` count.
 */
export class Policy {
  constructor(readonly context: RequestContext) {}

  has(role: string): boolean {
    return this.context.roles.includes(role);
  }

  /** `secret:put`, `container:delete` and all else that changes one that is there. */
  mayChange({ project_id, creator_id, acl }: Target): boolean {
    if (project_id !== this.context.projectId) return false;
    const reachable = creator_id === this.context.userId || (acl?.project_access ?? true);
    return this.has('admin') || (this.has('member') && reachable);
  }

  /** `secret:decrypt`, `container:get`, consumers and metadata. */
  mayRead(target: Target): boolean {
    return this.mayChange(target) || (target.acl?.users.includes(this.context.userId) ?? false);
  }

  /** `secret:get`, which shows no payload. */
  maySee(target: Target): boolean {
    return this.has('admin') || this.mayRead(target);
  }

  /** `secret:delete`. */
  mayDelete(target: Target): boolean {
    return this.has('admin') || this.mayChange(target);
  }

  /** `secret_acls` and `container_acls`: only the creator, as these rules do not see whether it is private. */
  mayAdminister({ project_id, creator_id }: Target): boolean {
    if (project_id !== this.context.projectId) return false;
    return this.has('admin') || (this.has('member') && creator_id === this.context.userId);
  }

  /** `order:get` and `order:delete`. */
  mayUseOrder({ project_id }: Pick<Target, 'project_id'>): boolean {
    return this.has('member') && project_id === this.context.projectId;
  }
}
