/** One property that a namespace or an object describes, with the keys that Glance knows. */
export type PropertyType = Record<string, unknown> & { name?: string };

export interface Timestamps {
  created_at: string;
  /** Null in what came with the cloud. */
  updated_at: string | null;
}

export interface MetadefObject extends Timestamps {
  name: string;
  description?: string;
  required?: string[];
  properties: Record<string, PropertyType>;
}

export interface ResourceTypeAssociation extends Timestamps {
  name: string;
  prefix?: string;
  properties_target?: string;
}

export interface MetadefTag extends Timestamps {
  name: string;
}

export interface Namespace extends Timestamps {
  namespace: string;
  display_name?: string;
  description?: string;
  visibility: 'public' | 'private';
  protected: boolean;
  owner: string;
  resource_type_associations: ResourceTypeAssociation[];
  properties: Record<string, PropertyType>;
  objects: MetadefObject[];
  tags: MetadefTag[];
}

export interface ResourceType extends Timestamps {
  name: string;
}

/** Glance's metadata definitions. In a state they stand only once somebody has changed them. */
export interface MetadefState {
  /** Newest first. */
  namespaces: Namespace[];
  resource_types: ResourceType[];
}
