import { describe, expect, test } from 'vitest';
import { ImageMetaProps } from '../cloud/compute/objects/image-meta';
import exported from '../cloud/compute/objects/image-meta-props.json';
import { novaProperties, otherProperties, readers } from '../components/ImageProperties/properties';
import { anchorOf, listedProperties, propertyHtml } from './remark-image-properties';

const properties = listedProperties();

test('every field of nova’s is explained, and none that nova does not have', () => {
  expect(Object.keys(novaProperties).sort()).toEqual(exported.fields.map(({ name }) => name).sort());
});

test('the others are not fields of nova’s, nor old names of them', () => {
  const known = [...exported.fields.map(({ name }) => name), ...Object.keys(exported.legacy_property_map)];
  expect(Object.keys(otherProperties).filter((name) => known.includes(name))).toEqual([]);
});

test('everybody who reads one is known, and nobody stands alone', () => {
  for (const { name, read } of properties) {
    expect(
      read.filter((reader) => !(reader in readers)),
      name,
    ).toEqual([]);
    if (read.includes('nobody')) expect(read, name).toEqual(['nobody']);
  }
});

describe('an example', () => {
  test.each(
    properties.flatMap(({ name, written, example }) => (example ? [[written ?? name, example]] : [])),
  )('%s=%s is one that nova takes', (name, value) => {
    expect(() => ImageMetaProps.fromDict({ [name!]: value! })).not.toThrow();
  });

  test('is missing only where nova refuses every text, or where it is not set by hand', () => {
    const without = properties.filter(({ example }) => example === undefined).map(({ name }) => name);
    for (const name of without.filter((each) => each in novaProperties))
      expect(() => ImageMetaProps.fromDict({ [name]: 'text' }), name).toThrow();
  });
});

test('every entry has an address of its own', () => {
  const anchors = properties.map(anchorOf);
  expect(new Set(anchors).size).toBe(anchors.length);
  for (const anchor of anchors) expect(anchor).toMatch(/^[\w.-]+$/);
});

test('an entry is found by its name, its old name, what it does and who reads it', () => {
  const html = propertyHtml(properties.find(({ name }) => name === 'hw_architecture')!);
  const find = /data-find="([^"]*)"/.exec(html)?.[1];
  for (const word of ['hw_architecture', 'architecture', 'processor', 'scheduler'])
    expect(find).toContain(word);
  expect(html).toContain('<code>amd64</code> for <code>x86_64</code>');
  expect(html).toContain('<code>openstack image set --property hw_architecture=x86_64 IMAGE</code>');
});

test('nothing of it is taken for HTML', () => {
  const html = properties.map(propertyHtml).join('');
  expect(html.replace(/<\/?(section|h2|p|dl|div|dt|dd|code|a)( [a-z-]+="[^"<]*")*>/g, '')).not.toMatch(/</);
});
