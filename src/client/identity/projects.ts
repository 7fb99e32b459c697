/** Projects and domains. */
import { pathTo, type FindOptions } from './base';
import { TokenCalls } from './tokens';
import type { Domain, DomainCreate, Project, ProjectCreate, ProjectQuery, ProjectUpdate } from './types';

export class ProjectCalls extends TokenCalls {
  /** All projects (admin only by default). `GET /v3/projects`. */
  projects(query: ProjectQuery = {}): Promise<Project[]> {
    return this.list('projects', '/projects', { ...query });
  }

  /** The projects a user has a role on. `GET /v3/users/{id}/projects`. */
  userProjects(userId: string, query: ProjectQuery = {}): Promise<Project[]> {
    return this.list('projects', pathTo('users', userId, 'projects'), { ...query });
  }

  /**
   * One project by id. `GET /v3/projects/{id}`.
   *
   * @param flags what else to tell about it, such as `parents_as_ids`.
   */
  getProject(id: string, flags: readonly ('parents_as_ids' | 'subtree_as_ids')[] = []): Promise<Project> {
    const query = flags.length === 0 ? '' : `?${flags.join('&')}`;
    return this.get('Project', 'project', pathTo('projects', id) + query, id);
  }

  /**
   * A project by id or exact name; undefined when there is none you may see.
   *
   * @throws {@link DuplicateResource}; {@link ResourceNotFound} with `ignoreMissing: false`.
   */
  findProject(nameOrId: string, options: FindOptions & { ignoreMissing: false }): Promise<Project>;
  findProject(nameOrId: string, options?: FindOptions): Promise<Project | undefined>;
  findProject(nameOrId: string, options: FindOptions = {}): Promise<Project | undefined> {
    return this.find(
      'Project',
      nameOrId,
      options,
      (id, query) => this.fetchOne('project', pathTo('projects', id), query),
      (query) => this.projects(query),
    );
  }

  createProject(project: ProjectCreate): Promise<Project> {
    return this.create('project', '/projects', project);
  }

  updateProject(id: string, changes: ProjectUpdate): Promise<Project> {
    return this.update('project', pathTo('projects', id), changes);
  }

  /** Deletes a project that has no others below it, with all roles on it. */
  deleteProject(id: string): Promise<void> {
    return this.remove(pathTo('projects', id));
  }

  /** All domains (admin only by default). `GET /v3/domains`. */
  domains(query: { name?: string | undefined; enabled?: boolean | undefined } = {}): Promise<Domain[]> {
    return this.list('domains', '/domains', { ...query });
  }

  getDomain(id: string): Promise<Domain> {
    return this.get('Domain', 'domain', pathTo('domains', id), id);
  }

  /** A domain by id or exact name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  findDomain(nameOrId: string, options: FindOptions & { ignoreMissing: false }): Promise<Domain>;
  findDomain(nameOrId: string, options?: FindOptions): Promise<Domain | undefined>;
  findDomain(nameOrId: string, options: FindOptions = {}): Promise<Domain | undefined> {
    return this.find(
      'Domain',
      nameOrId,
      options,
      (id) => this.fetchOne('domain', pathTo('domains', id)),
      (query) => this.domains(query),
    );
  }

  createDomain(domain: DomainCreate): Promise<Domain> {
    return this.create('domain', '/domains', domain);
  }

  updateDomain(id: string, changes: Partial<DomainCreate>): Promise<Domain> {
    return this.update('domain', pathTo('domains', id), changes);
  }

  /** Deletes a disabled domain and everything in it. */
  deleteDomain(id: string): Promise<void> {
    return this.remove(pathTo('domains', id));
  }
}
