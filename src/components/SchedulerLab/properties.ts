import { ImageMeta } from '../../cloud/compute/objects/image-meta';
import exported from '../../cloud/compute/objects/image-meta-props.json';
import { str } from '../../cloud/compute/python/text';
import { PythonError } from '../../cloud/compute/python/values';
import type { Pair } from './case';

/** What nova makes of one property. */
export interface Reading {
  kind: 'refused' | 'ignored' | 'read' | 'note';
  /** In words; empty where there is nothing to say. */
  says: string;
}

const FIELDS = new Map(exported.fields.map((field) => [field.name, field]));
const OLD_NAMES: { readonly [old: string]: string | undefined } = exported.legacy_property_map;
const TYPES: {
  readonly [type: string]:
    { values: string[]; spellings: { readonly [spelling: string]: string } } | undefined;
} = exported.types;
const BOOLEANS = ['true', 'false'];

/** Names to choose from, those that decide about hosts first. */
export const PROPERTY_NAMES: readonly string[] = [
  'hw_architecture',
  'img_hv_type',
  'hw_vm_mode',
  'img_hv_requested_version',
  'trait:HW_CPU_X86_AVX2',
  'trait:HW_CPU_X86_SSE42',
  ...exported.fields
    .map(({ name }) => name)
    .filter(
      (name) =>
        ![
          'hw_architecture',
          'img_hv_type',
          'hw_vm_mode',
          'img_hv_requested_version',
          'traits_required',
          'hw_numa_cpus',
          'hw_numa_mem',
        ].includes(name),
    )
    .sort(),
];

/** The values that nova knows for a property, as far as they can be listed. */
export function valuesOf(property: string): readonly string[] {
  if (property.startsWith('trait:')) return ['required'];
  const name = Object.hasOwn(OLD_NAMES, property) ? (OLD_NAMES[property] ?? property) : property;
  const type = FIELDS.get(name)?.type ?? '';
  if (type === 'FlexibleBoolean') return BOOLEANS;
  if (type === 'VersionPredicate') return ['>=8.0', '>=8.0,<10'];
  const known = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  return known ? [...known.values, ...Object.keys(known.spellings)] : [];
}

/** What nova makes of a property by itself; asked of the code that reads images. */
export function readingOf([name, value]: Pair): Reading {
  if (name === '') return { kind: 'note', says: '' };
  let meta: ImageMeta;
  try {
    meta = ImageMeta.fromDict({ properties: { [name]: value } });
  } catch (error) {
    if (error instanceof PythonError) return { kind: 'refused', says: `${error.message}.` };
    throw error;
  }
  if (name.startsWith('trait:'))
    return meta.properties.traitsRequired.length > 0
      ? { kind: 'read', says: '' }
      : { kind: 'ignored', says: 'Ignored: nova takes no other word than “required” here.' };
  const [field] = meta.properties.entries();
  if (!field) return { kind: 'ignored', says: 'Ignored: nova reads no property of this name. Others may.' };
  const [known, read] = field;
  const made = str(read);
  if (known !== name) return { kind: 'note', says: `An old name: nova reads ${known}=${made}.` };
  if (made !== value) return { kind: 'note', says: `nova reads ${made}.` };
  return { kind: 'read', says: '' };
}
