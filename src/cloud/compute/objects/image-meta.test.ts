import { describe, expect, test } from 'vitest';
import { ImageMeta, ImageMetaProps } from './image-meta';
import exported from './image-meta-props.json';

describe('Image properties, read as nova reads them', () => {
  test('have a field for each of the 82 that nova knows', () => {
    const props = ImageMetaProps.fromDict({});
    for (const { name } of exported.fields) expect(props.get(name)).toBeUndefined();
    expect(exported.fields.length).toBe(82);
    expect(() => props.get('team')).toThrow("'ImageMetaProps' object has no attribute 'team'");
  });

  test('take every legal value and every other spelling of it', () => {
    for (const { name, type } of exported.fields) {
      const enumeration = Object.entries(exported.types).find(([known]) => known === type)?.[1];
      for (const value of enumeration?.values ?? [])
        expect(ImageMetaProps.fromDict({ [name]: value }).get(name)).toBe(value);
      for (const [spelling, value] of Object.entries(enumeration?.spellings ?? {}))
        expect(ImageMetaProps.fromDict({ [name]: spelling }).get(name)).toBe(value);
    }
  });

  test('are refused in nova’s words', () => {
    expect(() => ImageMetaProps.fromDict({ hw_architecture: 'arm' })).toThrow(
      "Architecture name 'arm' is not valid",
    );
    expect(() => ImageMetaProps.fromDict({ hw_disk_bus: 'nvme' })).toThrow('Field value nvme is invalid');
    expect(() => ImageMetaProps.fromDict({ hw_cpu_cores: 'four' })).toThrow(
      "invalid literal for int() with base 10: 'four'",
    );
    expect(() => ImageMetaProps.fromDict({ img_hv_requested_version: '8' })).toThrow(
      'Version 8 is not a valid predicate in field img_hv_requested_version',
    );
  });

  test('are understood under their old names, and the new ones win', () => {
    const props = ImageMetaProps.fromDict({ architecture: 'aarch64', hw_architecture: 'AMD64' });
    expect(props.describe('hw_architecture')).toBe('hw_architecture=x86_64 (given as hw_architecture=AMD64)');
  });

  test('of numbers and switches have types', () => {
    const props = ImageMetaProps.fromDict({
      hw_cpu_cores: ' 4 ',
      hw_boot_menu: 'Yes',
      'hw_numa_mem.0': '512',
    });
    expect(['hw_cpu_cores', 'hw_boot_menu', 'hw_numa_mem'].map((name) => props.get(name))).toEqual([
      4,
      true,
      [512],
    ]);
  });

  test('require traits only with the word required', () => {
    const props = ImageMetaProps.fromDict({
      'trait:A': 'required',
      'trait:B': 'forbidden',
      'trait:C': 'Required',
    });
    expect(props.traitsRequired).toEqual(['A']);
  });

  test('of an image that the Image service describes without a name have an empty one', () => {
    expect(ImageMeta.fromDict({ name: null, properties: {} }).text('name')).toBe('');
  });
});
