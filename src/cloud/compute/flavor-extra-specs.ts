import type { ComputeApi, NovaRequest } from './api';
import { badRequest, notFound } from './errors';
import { getFlavor } from './flavors';
import { createExtraSpecs, updateExtraSpec } from './schemas/flavors';

/** Extra specs of flavors: nova/api/openstack/compute/flavors_extraspecs.py. */
export function mountFlavorExtraSpecs(api: ComputeApi): void {
  const flavorOf = (request: NovaRequest) => getFlavor(api, request, request.param('flavor_id'));
  const missing = (request: NovaRequest) =>
    notFound(`Flavor ${request.param('flavor_id')} has no extra specs with key ${request.param('id')}.`);

  api.route('/flavors/{flavor_id}/os-extra_specs', {
    GET: {
      handle(request) {
        request.enforce('reader', 'os-flavor-extra-specs:index');
        return { extra_specs: flavorOf(request).extra_specs };
      },
    },
    POST: {
      body: createExtraSpecs,
      handle(request) {
        request.enforce('admin', 'os-flavor-extra-specs:create');
        const specs = request.member('extra_specs');
        const flavor = flavorOf(request);
        Object.assign(flavor.extra_specs, texts(specs));
        flavor.extra_specs = sorted(flavor.extra_specs);
        return request.body as object; // the schema has said so
      },
    },
  });
  api.route('/flavors/{flavor_id}/os-extra_specs/{id}', {
    GET: {
      handle(request) {
        request.enforce('reader', 'os-flavor-extra-specs:show');
        const { extra_specs } = flavorOf(request);
        const id = request.param('id');
        if (!Object.hasOwn(extra_specs, id)) throw missing(request);
        return { [id]: extra_specs[id] };
      },
    },
    PUT: {
      body: updateExtraSpec,
      handle(request) {
        request.enforce('admin', 'os-flavor-extra-specs:update');
        const specs = request.body as Record<string, unknown>; // the schema has said so
        if (!Object.hasOwn(specs, request.param('id'))) throw badRequest('Request body and URI mismatch');
        const flavor = flavorOf(request);
        Object.assign(flavor.extra_specs, texts(specs));
        flavor.extra_specs = sorted(flavor.extra_specs);
        return specs;
      },
    },
    DELETE: {
      handle(request) {
        request.enforce('admin', 'os-flavor-extra-specs:delete');
        const { extra_specs } = flavorOf(request);
        const id = request.param('id');
        if (!Object.hasOwn(extra_specs, id)) throw missing(request);
        delete extra_specs[id];
      },
    },
  });
}

function texts(specs: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).map(([key, value]) => [key, String(value)]));
}

function sorted(specs: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).sort(([a], [b]) => (a < b ? -1 : 1)));
}
