import type { ComputeApi, NovaRequest } from './api';
import { badRequest, conflict, notFound } from './errors';
import { getFlavor } from './flavors';
import { addTenantAccess, removeTenantAccess } from './schemas/flavors';
import type { FlavorRecord } from './state';

/** Who may use a flavor that is not public: nova/api/openstack/compute/flavor_access.py. */
export function mountFlavorAccess(api: ComputeApi): void {
  api.route('/flavors/{flavor_id}/os-flavor-access', {
    GET: {
      handle(request) {
        request.enforce('admin', 'os-flavor-access');
        const flavor = getFlavor(api, request, request.param('flavor_id'));
        if (flavor.is_public) throw notFound('Access list not available for public flavors.');
        return accessView(flavor);
      },
    },
  });
  api.action('/flavors/{id}/action', 'addTenantAccess', {
    body: addTenantAccess,
    async handle(request) {
      request.enforce('admin', 'os-flavor-access:add_tenant_access');
      const tenant = String(request.member('addTenantAccess')['tenant']);
      await verifyProject(api, request, tenant);
      const flavor = getFlavor(api, request, request.param('id'));
      if (request.supports(7) && flavor.is_public) throw conflict('Can not add access to a public flavor.');
      if (flavor.projects.includes(tenant))
        throw conflict(
          `Flavor access already exists for flavor ${flavor.id} and project ${tenant} combination.`,
        );
      flavor.projects.push(tenant);
      return accessView(flavor);
    },
  });
  api.action('/flavors/{id}/action', 'removeTenantAccess', {
    body: removeTenantAccess,
    handle(request) {
      request.enforce('admin', 'os-flavor-access:remove_tenant_access');
      const tenant = String(request.member('removeTenantAccess')['tenant']);
      const flavor = getFlavor(api, request, request.param('id'));
      if (!flavor.projects.includes(tenant))
        throw notFound(`Flavor access not found for ${flavor.id} / ${tenant} combination.`);
      flavor.projects = flavor.projects.filter((id) => id !== tenant);
      return accessView(flavor);
    },
  });
}

/**
 * Asks Keystone whether there is such a project: nova/api/openstack/identity.py.
 *
 * @throws {@link NovaError} 400.
 */
export async function verifyProject(api: ComputeApi, request: NovaRequest, id: string): Promise<void> {
  const path = `/identity/v3/projects/${encodeURIComponent(id)}`;
  const response = await api.nova.ask(request.context.token, 'GET', path);
  if (response.status === 404) throw badRequest(`Project ID ${id} is not a valid project.`);
}

function accessView(flavor: FlavorRecord): object {
  return {
    flavor_access: flavor.projects.map((tenant_id) => ({ flavor_id: flavor.id, tenant_id })),
  };
}
