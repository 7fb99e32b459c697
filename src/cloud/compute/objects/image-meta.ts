import { int, str } from '../python/text';
import {
  get,
  isDict,
  PythonError,
  PythonObject,
  truthy,
  typeName,
  type Dict,
  type Value,
} from '../python/values';
import { parseCpuSpec } from './cpu-spec';
import { coerce, enumField, FIELDS, type Coerce, type EnumDescription } from './fields';
import exported from './image-meta-props.json';

const ENUMS: { readonly [type: string]: EnumDescription | undefined } = exported.types;
const OTHERS: { readonly [type: string]: Coerce | undefined } = FIELDS;
const LEGACY: readonly (readonly [old: string, name: string])[] = Object.entries(
  exported.legacy_property_map,
);

const KINDS = new Map(exported.fields.map(({ name, type }) => [name, kindOf(type)]));

function kindOf(type: string): Coerce {
  const description = ENUMS[type];
  const kind = description ? enumField(description) : OTHERS[type];
  if (!kind) throw new TypeError(`nova has a new kind of field: ${type}`);
  return kind;
}

/** Where a field's value came from: `architecture=AMD64` for `hw_architecture`. */
export interface Origin {
  property: string;
  given: Value;
}

/** The image properties that nova gives a meaning to: nova/objects/image_meta.py `ImageMetaProps`. */
export class ImageMetaProps {
  readonly #values = new Map<string, Value>();
  readonly #origins = new Map<string, Origin>();

  /**
   * Reads the properties of an image as nova does: old names first, so that new ones win; canonical forms; types.
   *
   * @throws {@link PythonError} with nova's own words, for instance ValueError `Architecture name 'arm' is not valid`.
   */
  static fromDict(properties: Value): ImageMetaProps {
    const props = new ImageMetaProps();
    if (!isDict(properties)) throw notADict(properties);
    props.#setFromLegacyNames(properties);
    props.#setFromCurrentNames(properties);
    props.#setFromTraitNames(properties);
    return props;
  }

  /**
   * The value of a field, undefined if it is not set.
   *
   * @throws {@link PythonError} AttributeError for a name that nova does not know.
   */
  get(name: string): Value | undefined {
    const value = this.#values.get(name);
    if (value === undefined && !KINDS.has(name))
      throw new PythonError('AttributeError', `'ImageMetaProps' object has no attribute '${name}'`);
    return value;
  }

  /** A field's text; all the fields that filters read are texts. */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return value === undefined ? undefined : str(value);
  }

  /** The traits that the image requires. */
  get traitsRequired(): readonly string[] {
    const traits = this.#values.get('traits_required');
    return Array.isArray(traits) ? traits.map(String) : [];
  }

  /** The property that a field was set by, in words: `hw_architecture=x86_64 (given as architecture=amd64)`. */
  describe(name: string): string {
    const value = this.#values.get(name);
    const origin = this.#origins.get(name);
    const said = `${name}=${value === undefined ? '' : str(value)}`;
    if (!origin || (origin.property === name && origin.given === value)) return said;
    return `${said} (given as ${origin.property}=${str(origin.given)})`;
  }

  /** All fields that are set, by name. */
  entries(): IterableIterator<[string, Value]> {
    return this.#values.entries();
  }

  #set(name: string, property: string, given: Value, value: Value = given): void {
    const kind = KINDS.get(name);
    if (!kind) throw new TypeError(`nova knows no field ${name}`);
    this.#values.set(name, coerce(kind, name, value));
    this.#origins.set(name, { property, given });
  }

  #setFromLegacyNames(properties: Dict): void {
    for (const [old, name] of LEGACY) {
      const value = get(properties, old);
      if (value !== undefined) this.#set(name, old, value);
    }
    const adapter = get(properties, 'vmware_adaptertype');
    if (adapter === 'ide') {
      this.#set('hw_disk_bus', 'vmware_adaptertype', 'ide');
    } else if (adapter !== undefined && truthy(adapter)) {
      this.#set('hw_disk_bus', 'vmware_adaptertype', adapter, 'scsi');
      this.#set('hw_scsi_model', 'vmware_adaptertype', adapter);
    }
  }

  #setFromCurrentNames(properties: Dict): void {
    for (const name of KINDS.keys()) {
      if (name === 'hw_numa_mem') this.#setNuma(properties, name, int);
      else if (name === 'hw_numa_cpus')
        this.#setNuma(properties, name, (value) => setText(parseCpuSpec(value)));
      else if (name !== 'traits_required') {
        const value = get(properties, name);
        if (value !== undefined) this.#set(name, name, value);
      }
    }
  }

  /** `hw_numa_mem.0`, `hw_numa_mem.1`, …: one property a node, and what comes after a gap is ignored. */
  #setNuma(properties: Dict, name: string, read: (value: Value) => Value): void {
    const nodes: Value[] = [];
    for (let node = 0; node < exported.numa_nodes_max; node++) {
      const value = get(properties, `${name}.${node}`);
      if (value === undefined) break;
      nodes.push(read(value));
    }
    if (nodes.length > 0) this.#set(name, `${name}.0`, nodes);
  }

  /** Only `required` counts: nova drops an image's `trait:…=forbidden` silently. */
  #setFromTraitNames(properties: Dict): void {
    const traits = Object.keys(properties).filter(
      (key) => key.startsWith('trait:') && str(properties[key] ?? null) === 'required',
    );
    if (traits.length > 0)
      this.#set(
        'traits_required',
        traits[0] ?? '',
        traits.map((trait) => trait.slice('trait:'.length)),
      );
  }
}

function notADict(properties: Value): PythonError {
  const type = typeName(properties);
  return type === 'str' || type === 'list'
    ? new PythonError('AttributeError', `'${type}' object has no attribute 'get'`)
    : new PythonError('TypeError', `argument of type '${type}' is not iterable`);
}

/** How Python writes the set that nova makes of a node's CPUs. */
function setText(cpus: Set<number>): PythonObject {
  const sorted = [...cpus].sort((a, b) => a - b);
  const text = `CoercedSet(${sorted.length === 0 ? '' : `{${sorted.join(', ')}}`})`;
  return new PythonObject('set', text, text);
}

const IMAGE_FIELDS: { readonly [field: string]: Coerce } = {
  id: FIELDS.UUID,
  name: FIELDS.String,
  status: FIELDS.String,
  visibility: FIELDS.String,
  protected: FIELDS.FlexibleBoolean,
  checksum: FIELDS.String,
  owner: FIELDS.String,
  size: FIELDS.Integer,
  virtual_size: FIELDS.Integer,
  container_format: FIELDS.String,
  disk_format: FIELDS.String,
  tags: FIELDS.ListOfStrings,
  direct_url: FIELDS.String,
  min_ram: FIELDS.Integer,
  min_disk: FIELDS.Integer,
};

// Glance leaves these empty at times; nova then takes the empty text and zero.
const EMPTY: { readonly [field: string]: Value } = {
  name: '',
  checksum: '',
  owner: '',
  container_format: '',
  disk_format: '',
  size: 0,
  virtual_size: 0,
};

/** An image as nova's services hand it on: nova/objects/image_meta.py `ImageMeta`. */
export class ImageMeta {
  readonly #fields = new Map<string, Value>();

  constructor(readonly properties: ImageMetaProps) {}

  /**
   * Reads an image as the Image API describes it, its properties in `properties`.
   *
   * @throws {@link PythonError} with nova's own words; the Compute API makes a 400 `Invalid image metadata` of a ValueError.
   */
  static fromDict(image: Dict | null): ImageMeta {
    const properties = get(image ?? {}, 'properties');
    const meta = new ImageMeta(ImageMetaProps.fromDict(properties === undefined ? {} : properties));
    for (const [field, value] of Object.entries(image ?? {})) {
      const kind = Object.hasOwn(IMAGE_FIELDS, field) ? IMAGE_FIELDS[field] : undefined;
      if (kind) meta.#fields.set(field, coerce(kind, field, value ?? get(EMPTY, field) ?? null));
    }
    return meta;
  }

  /** Whether the Image service said anything about this. */
  has(field: string): boolean {
    return this.#fields.has(field);
  }

  /** @throws {@link PythonError} NotImplementedError when the Image service did not say. */
  text(field: string): string {
    const value = this.#fields.get(field);
    if (value === undefined)
      throw new PythonError('NotImplementedError', `Cannot load '${field}' in the base class`);
    return str(value);
  }
}
