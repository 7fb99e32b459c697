/** Regions, services and endpoints: what the catalog is made of. */
import { pathTo, type FindOptions } from './base';
import { RoleCalls } from './roles';
import type { Endpoint, EndpointCreate, Project, Region, Service } from './types';

export class CatalogCalls extends RoleCalls {
  regions(query: { parent_region_id?: string | undefined } = {}): Promise<Region[]> {
    return this.list('regions', '/regions', { ...query });
  }

  getRegion(id: string): Promise<Region> {
    return this.get('Region', 'region', pathTo('regions', id), id);
  }

  createRegion(region: {
    id: string;
    parent_region_id?: string | null;
    description?: string | null;
  }): Promise<Region> {
    return this.create('region', '/regions', region);
  }

  updateRegion(id: string, changes: { parent_region_id?: string; description?: string }): Promise<Region> {
    return this.update('region', pathTo('regions', id), changes);
  }

  deleteRegion(id: string): Promise<void> {
    return this.remove(pathTo('regions', id));
  }

  services(query: { name?: string | undefined; type?: string | undefined } = {}): Promise<Service[]> {
    return this.list('services', '/services', { ...query });
  }

  getService(id: string): Promise<Service> {
    return this.get('Service', 'service', pathTo('services', id), id);
  }

  /** A service by id or exact name. Throws {@link ResourceNotFound} with `ignoreMissing: false`. */
  findService(nameOrId: string, options: FindOptions & { ignoreMissing: false }): Promise<Service>;
  findService(nameOrId: string, options?: FindOptions): Promise<Service | undefined>;
  findService(nameOrId: string, options: FindOptions = {}): Promise<Service | undefined> {
    return this.find(
      'Service',
      nameOrId,
      options,
      (id) => this.fetchOne('service', pathTo('services', id)),
      (query) => this.services(query),
    );
  }

  createService(service: {
    type: string;
    name?: string | null;
    description?: string | null;
    enabled?: boolean;
  }): Promise<Service> {
    return this.create('service', '/services', service);
  }

  updateService(id: string, changes: Partial<Omit<Service, 'id'>>): Promise<Service> {
    return this.update('service', pathTo('services', id), changes);
  }

  /** Deletes a service and its endpoints. */
  deleteService(id: string): Promise<void> {
    return this.remove(pathTo('services', id));
  }

  endpoints(
    query: {
      service_id?: string | undefined;
      interface?: string | undefined;
      region_id?: string | undefined;
    } = {},
  ): Promise<Endpoint[]> {
    return this.list('endpoints', '/endpoints', { ...query });
  }

  getEndpoint(id: string): Promise<Endpoint> {
    return this.get('Endpoint', 'endpoint', pathTo('endpoints', id), id);
  }

  createEndpoint(endpoint: EndpointCreate): Promise<Endpoint> {
    return this.create('endpoint', '/endpoints', endpoint);
  }

  updateEndpoint(id: string, changes: Partial<EndpointCreate>): Promise<Endpoint> {
    return this.update('endpoint', pathTo('endpoints', id), changes);
  }

  deleteEndpoint(id: string): Promise<void> {
    return this.remove(pathTo('endpoints', id));
  }

  /** The projects an endpoint is kept for. `GET /v3/OS-EP-FILTER/endpoints/{id}/projects`. */
  endpointProjects(endpointId: string): Promise<Project[]> {
    return this.list('projects', pathTo('OS-EP-FILTER', 'endpoints', endpointId, 'projects'));
  }

  /** The endpoints kept for a project. `GET /v3/OS-EP-FILTER/projects/{id}/endpoints`. */
  projectEndpoints(projectId: string): Promise<Endpoint[]> {
    return this.list('endpoints', pathTo('OS-EP-FILTER', 'projects', projectId, 'endpoints'));
  }

  associateEndpointWithProject(projectId: string, endpointId: string): Promise<void> {
    return this.put(pathTo('OS-EP-FILTER', 'projects', projectId, 'endpoints', endpointId));
  }

  disassociateEndpointFromProject(projectId: string, endpointId: string): Promise<void> {
    return this.remove(pathTo('OS-EP-FILTER', 'projects', projectId, 'endpoints', endpointId));
  }
}
