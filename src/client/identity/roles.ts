/** Roles, who has them where, and which bring others. */
import type { QueryValue } from '../session';
import { pathTo, type FindOptions } from './base';
import type { Grant, Role, RoleAssignment, RoleAssignmentQuery, RoleCreate, RoleInference } from './types';
import { UserCalls } from './users';

export class RoleCalls extends UserCalls {
  /** The roles of the whole cloud, or with `domain_id` those of a domain. `GET /v3/roles`. */
  roles(query: { domain_id?: string | undefined; name?: string | undefined } = {}): Promise<Role[]> {
    return this.list('roles', '/roles', { ...query });
  }

  getRole(id: string): Promise<Role> {
    return this.get('Role', 'role', pathTo('roles', id), id);
  }

  /** A role by id or exact name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  findRole(nameOrId: string, options: FindOptions & { ignoreMissing: false }): Promise<Role>;
  findRole(nameOrId: string, options?: FindOptions): Promise<Role | undefined>;
  findRole(nameOrId: string, options: FindOptions = {}): Promise<Role | undefined> {
    return this.find(
      'Role',
      nameOrId,
      options,
      (id, query) => this.fetchOne('role', pathTo('roles', id), query),
      (query) => this.roles(query),
    );
  }

  createRole(role: RoleCreate): Promise<Role> {
    return this.create('role', '/roles', role);
  }

  updateRole(id: string, changes: Partial<RoleCreate>): Promise<Role> {
    return this.update('role', pathTo('roles', id), changes);
  }

  deleteRole(id: string): Promise<void> {
    return this.remove(pathTo('roles', id));
  }

  /** `PUT /v3/projects/{id}/users/{id}/roles/{id}` and its sisters. To give a role twice is no error. */
  assignRole(grant: Grant): Promise<void> {
    return this.put(grantPath(grant));
  }

  /** Throws {@link NotFoundException} when the role was not given. */
  unassignRole(grant: Grant): Promise<void> {
    return this.remove(grantPath(grant));
  }

  /** Who has which role where. `GET /v3/role_assignments`. */
  roleAssignments(query: RoleAssignmentQuery = {}): Promise<RoleAssignment[]> {
    const { role_id, user_id, group_id, scope_project_id, scope_domain_id, scope_system, inherited_to } =
      query;
    // in the SDK's order
    const wire: Record<string, QueryValue> = {
      'group.id': group_id,
      'role.id': role_id,
      'scope.domain.id': scope_domain_id,
      'scope.project.id': scope_project_id,
      'user.id': user_id,
      effective: query.effective,
      include_names: query.include_names,
      'scope.system': scope_system,
      'scope.OS-INHERIT:inherited_to': inherited_to,
    };
    return this.list('role_assignments', '/role_assignments', wire);
  }

  /** Which role brings which others. `GET /v3/role_inferences`. */
  roleInferences(): Promise<RoleInference[]> {
    return this.list('role_inferences', '/role_inferences');
  }

  /** Makes one role bring another. `PUT /v3/roles/{id}/implies/{id}`. */
  async createImpliedRole(priorId: string, impliedId: string): Promise<{ prior_role: Role; implies: Role }> {
    const response = await this.request(pathTo('roles', priorId, 'implies', impliedId), { method: 'PUT' });
    return ((await response.json()) as { role_inference: { prior_role: Role; implies: Role } })
      .role_inference; // the API's contract
  }

  deleteImpliedRole(priorId: string, impliedId: string): Promise<void> {
    return this.remove(pathTo('roles', priorId, 'implies', impliedId));
  }
}

function grantPath({ role, to, on, inherited }: Grant): string {
  const place =
    'project' in on ? ['projects', on.project] : 'domain' in on ? ['domains', on.domain] : ['system'];
  const whom = 'user' in to ? ['users', to.user] : ['groups', to.group];
  const path = pathTo(...place, ...whom, 'roles', role);
  return inherited === true ? `/OS-INHERIT${path}/inherited_to_projects` : path;
}
