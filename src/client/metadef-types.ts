/** The shapes of Glance's metadata definitions. Field names are the API's own. */

/** Kinds of values that a defined property takes. */
export type MetadefPropertyType = 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';

/** A property that is defined: what it is called and which values it takes. A JSON Schema with a few keys more. */
export interface MetadefProperty {
  /** Missing where the name is the key. */
  name?: string;
  type: MetadefPropertyType;
  title: string;
  description?: string;
  operators?: string[];
  /** Glance makes a text of it. */
  default?: unknown;
  readonly?: boolean;
  minimum?: number;
  maximum?: number;
  enum?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  items?: { type?: MetadefPropertyType; enum?: unknown[] };
  uniqueItems?: boolean;
  minItems?: number;
  maxItems?: number;
  additionalItems?: boolean;
}

/** What a new property, or a change of one, is given. */
export type MetadefPropertyCreate = MetadefProperty & { name: string };

/** What Glance writes on each record. What came with the cloud has never been updated. */
export interface MetadefTimes {
  created_at: string;
  updated_at?: string;
}

/** Properties that belong together. */
export interface MetadefObjectCreate {
  name: string;
  description?: string;
  /** Names of properties that must be set. */
  required?: string[];
  properties?: Record<string, MetadefProperty>;
}

export type MetadefObject = MetadefObjectCreate & MetadefTimes & { schema: string; self: string };

/** That a namespace is about resources of a type, such as `OS::Nova::Flavor`. */
export interface MetadefResourceTypeAssociationCreate {
  name: string;
  /** Stands before the names of the properties on this type. */
  prefix?: string;
  /** Which of the type's metadata is meant, where it has several. */
  properties_target?: string;
}

export type MetadefResourceTypeAssociation = MetadefResourceTypeAssociationCreate & MetadefTimes;

/** A type of resources that namespaces are about. */
export type MetadefResourceType = { name: string } & MetadefTimes;

export type MetadefTag = { name: string } & Partial<MetadefTimes>;

export type MetadefVisibility = 'public' | 'private';

/** What a new namespace is given; its contents may come with it. */
export interface MetadefNamespaceCreate {
  namespace: string;
  display_name?: string;
  description?: string;
  visibility?: MetadefVisibility;
  protected?: boolean;
  owner?: string;
  resource_type_associations?: MetadefResourceTypeAssociationCreate[];
  properties?: Record<string, MetadefProperty>;
  objects?: MetadefObjectCreate[];
  tags?: { name: string }[];
}

/** What a namespace is changed to. Glance resets the fields that are left out. */
export type MetadefNamespaceUpdate = Omit<
  MetadefNamespaceCreate,
  'resource_type_associations' | 'properties' | 'objects' | 'tags'
>;

/** A namespace. Lists leave out properties, objects and tags. */
export type MetadefNamespace = MetadefTimes & {
  namespace: string;
  display_name?: string;
  description?: string;
  visibility: MetadefVisibility;
  protected: boolean;
  owner: string;
  schema: string;
  self: string;
  resource_type_associations?: MetadefResourceTypeAssociation[];
  properties?: Record<string, MetadefProperty>;
  objects?: MetadefObject[];
  tags?: MetadefTag[];
};

/** Which namespaces to list, and how. */
export interface MetadefNamespaceQuery {
  /** Namespaces about one of these types, separated by commas. */
  resource_types?: string | undefined;
  visibility?: string | undefined;
  sort_key?: 'created_at' | 'namespace' | undefined;
  sort_dir?: 'asc' | 'desc' | undefined;
  /** So many a request; all come anyway. */
  limit?: number | undefined;
  marker?: string | undefined;
}
