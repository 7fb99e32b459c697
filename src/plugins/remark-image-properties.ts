import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import exported from '../cloud/compute/objects/image-meta-props.json';
import {
  novaProperties,
  otherProperties,
  readers,
  type PropertyNote,
  type Reader,
} from '../components/ImageProperties/properties';
import { jsxElement } from './mdx';

/** One property on the page. */
export interface ListedProperty extends PropertyNote {
  name: string;
  /** How one writes it; the same but for `trait:NAME` and the properties that are numbered. */
  form: string;
  /** What its values are, in words. */
  kind: string;
  /** Its values, where they can be listed. */
  values: readonly string[];
  /** Other spellings that nova takes, each with the value it stands for. */
  spellings: Readonly<Record<string, string>>;
  /** Names that it had before, which nova still reads. */
  oldNames: readonly string[];
}

const types: Readonly<Record<string, { values: string[]; spellings: Record<string, string> } | undefined>> =
  exported.types;

const kinds: Readonly<Record<string, string>> = {
  Integer: 'a whole number',
  FlexibleBoolean: 'true, yes, on, 1, y or t; any other text is taken for false',
  String: 'text',
  UUID: 'an id; nova warns about any other text, and takes it',
  VersionPredicate: 'conditions on a version, with commas between them: >=8.0,<10',
  ListOfIntegers: 'a whole number',
  ListOfSetsOfIntegers: 'CPU numbers: 0-3,6',
  ListOfStrings: 'required',
  ListOfDictOfNullableStrings: 'a list, which no text is',
};

const forms: Readonly<Record<string, string>> = {
  hw_numa_cpus: 'hw_numa_cpus.N',
  hw_numa_mem: 'hw_numa_mem.N',
  traits_required: 'trait:NAME',
};

/** Every property of the page, in the order of their names. Throws when a field of nova's has no note. */
export function listedProperties(): ListedProperty[] {
  const fields = exported.fields.map(({ name, type, legacy_names }): ListedProperty => {
    const noted = novaProperties[name];
    if (!noted) throw new Error(`src/components/ImageProperties/properties.ts says nothing about ${name}.`);
    const { values = [], spellings = {} } = types[type] ?? {};
    const kind = values.length > 0 ? 'one of' : (kinds[type] ?? type);
    return { ...noted, name, form: forms[name] ?? name, kind, values, spellings, oldNames: legacy_names };
  });
  const others = Object.entries(otherProperties).map(([name, noted]): ListedProperty => ({
    ...noted,
    name,
    form: name,
    kind: 'text',
    values: [],
    spellings: {},
    oldNames: [],
  }));
  return [...fields, ...others].sort((a, b) => (a.form < b.form ? -1 : 1));
}

/** An address's end that a link can have: `hw_disk_bus`, `trait-NAME`. */
export function anchorOf({ form }: Pick<ListedProperty, 'form'>): string {
  return form.replace(/[^\w.]+/g, '-');
}

/**
 * Fills `<ImageProperties />` while the site is built: plain HTML, which can be read, searched and printed without a
 * script. Types, values and old names are nova's own export's; what is said about them is ours.
 */
export default function remarkImageProperties() {
  return (root: Root): void => {
    visit(root, 'mdxJsxFlowElement', (node, index, parent) => {
      if (node.name !== 'ImageProperties' || !parent || index === undefined) return;
      const properties = listedProperties();
      parent.children[index] = jsxElement('ImageProperties', {
        html: properties.map(propertyHtml).join('\n'),
        anchors: properties.map(anchorOf).join(' '),
        readers: JSON.stringify(readersOf(properties)),
      });
    });
  };
}

/** Who reads any of them, with the words for it. */
function readersOf(properties: readonly ListedProperty[]): [Reader, string][] {
  const all = Object.entries(readers) as [Reader, string][]; // its keys are the readers
  return all.filter(([reader]) => properties.some(({ read }) => read.includes(reader)));
}

/** One property as HTML. What can be found by typing is in `data-find`, in lower case. */
export function propertyHtml(property: ListedProperty): string {
  const { form, name, does, read, oldNames } = property;
  const anchor = anchorOf(property);
  const find = [form, name, ...oldNames, does, ...read.map((reader) => readers[reader])].join(' ');
  const rows = [
    ['Values', valuesHtml(property)],
    ['Read by', read.map((reader) => readers[reader]).join(', ')],
    ...(oldNames.length > 0 ? [['Old name', oldNames.map(code).join(', ')]] : []),
    ...(property.example === undefined ? [] : [['Example', exampleHtml(property)]]),
  ];
  return `<section data-find="${escape(find.toLowerCase())}" data-read="${read.join(' ')}" aria-labelledby="${anchor}"><h2 id="${anchor}"><a href="#${anchor}"><code>${escape(form)}</code></a></h2>
<p>${escape(does)}</p>
<dl>${rows.map(([term, html]) => `<div><dt>${term}</dt><dd>${html}</dd></div>`).join('')}</dl></section>`;
}

function valuesHtml({ kind, values, spellings }: ListedProperty): string {
  if (values.length === 0) return escape(kind);
  const more = Object.entries(spellings).map(([spelling, value]) => `${code(spelling)} for ${code(value)}`);
  return `${values.map(code).join(', ')}${more.length > 0 ? `; ${more.join(', ')}` : ''}`;
}

function exampleHtml({ written, name, example = '' }: ListedProperty): string {
  return code(`openstack image set --property ${quoted(`${written ?? name}=${example}`)} IMAGE`);
}

/** As one has to write it in a shell. */
function quoted(word: string): string {
  return /^[\w.:=,/^+-]+$/.test(word) ? word : `'${word}'`;
}

function code(text: string): string {
  return `<code>${escape(text)}</code>`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
