import { HTTPError } from '../../http/webob';
import { json, noContent } from '../app';
import { rejectBody } from '../request';
import { isWide } from '../wide-text';
import { conflict, enforceAdmin, enforceReader } from './repository';
import { readValid } from './request';
import type { MetadefApi } from './routes';
import { ASSOCIATION_SCHEMA } from './schemas';
import type { MetadefState, ResourceTypeAssociation } from './state';
import { associationView, associationsView, timesView } from './views';

/** Modelled on `glance/api/v2/metadef_resource_types.py`. */
export function mountResourceTypes({ route, repository }: MetadefApi): void {
  route('/v2/metadefs/resource_types', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      enforceReader(context, 'list_metadef_resource_types');
      const { resource_types } = await repository.state();
      return json({
        resource_types: resource_types.map((type) => ({ name: type.name, ...timesView(type) })),
      });
    },
  });

  route('/v2/metadefs/namespaces/:namespace/resource_types', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      const namespace = await repository.get(context, c.req.param('namespace') ?? '');
      enforceReader(context, 'list_metadef_resource_types');
      return json({ resource_type_associations: associationsView(await repository.state(), namespace) });
    },
    POST: async (c, context) => {
      const body = await readValid(c.req.raw, ASSOCIATION_SCHEMA);
      const namespace = await repository.get(context, c.req.param('namespace') ?? '');
      enforceAdmin(context, 'add_metadef_resource_type_association');
      const now = repository.now();
      // the schema has seen to the types
      const association = { ...body, created_at: now, updated_at: now } as ResourceTypeAssociation;
      const { name } = association;
      // Glance stumbles over it
      if (isWide(name)) throw new HTTPError(500);
      if (namespace.resource_type_associations.some((other) => other.name === name)) {
        throw conflict(
          `The metadata definition resource-type association of resource-type=${name} to ` +
            `namespace=${namespace.namespace} already exists.`,
        );
      }
      const state = await repository.changing();
      addResourceType(state, name, now);
      namespace.resource_type_associations.push(association);
      return json(associationView(association), { status: 201 });
    },
  });

  route('/v2/metadefs/namespaces/:namespace/resource_types/:type', {
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const { namespace: name = '', type = '' } = c.req.param();
      const namespace = await repository.get(context, name);
      enforceAdmin(context, 'remove_metadef_resource_type_association');
      const found = namespace.resource_type_associations.find((association) => association.name === type);
      if (found === undefined) throw new HTTPError(404, `Failed to find resource type ${type} to delete`);
      if (namespace.protected) {
        throw new HTTPError(
          403,
          `Metadata definition resource-type-association ${type} is protected and cannot be deleted.`,
        );
      }
      await repository.changing();
      namespace.resource_type_associations = namespace.resource_type_associations.filter((a) => a !== found);
      return noContent();
    },
  });
}

/** A resource type exists from its first association on. */
export function addResourceType(state: MetadefState, name: string, now: string): void {
  if (state.resource_types.some((type) => type.name === name)) return;
  state.resource_types.push({ name, created_at: now, updated_at: now });
}
