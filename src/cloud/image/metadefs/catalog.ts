import type { MetadefObject, MetadefState, Namespace, PropertyType, ResourceTypeAssociation } from './state';

/** When `glance-manage db_load_metadefs` ran in this cloud. */
const LOADED = '2026-11-22T08:00:00Z';

interface Shipped {
  namespaces: {
    namespace: string;
    display_name: string;
    visibility: string;
    protected: boolean;
    resource_type_associations?: Omit<ResourceTypeAssociation, 'created_at' | 'updated_at'>[];
    properties?: Record<string, PropertyType>;
    objects?: Omit<MetadefObject, 'created_at' | 'updated_at'>[];
  }[];
  resource_types: string[];
}

/** The definitions that come with Glance 2025.1, without their descriptions. They are big: read when somebody asks. */
export async function shippedMetadefs(): Promise<MetadefState> {
  const { default: data } = await import('./catalogue.json');
  const { namespaces, resource_types } = structuredClone(data) as unknown as Shipped; // TypeScript sees one type a record
  const times = { created_at: LOADED, updated_at: null };
  return {
    resource_types: resource_types.map((name) => ({ name, ...times })),
    namespaces: namespaces.map((shipped): Namespace => ({
      ...shipped,
      visibility: shipped.visibility === 'public' ? 'public' : 'private',
      owner: 'admin',
      ...times,
      resource_type_associations: (shipped.resource_type_associations ?? []).map((a) => ({ ...a, ...times })),
      properties: shipped.properties ?? {},
      objects: (shipped.objects ?? []).map((object) => ({ ...object, ...times })),
      tags: [],
    })),
  };
}
