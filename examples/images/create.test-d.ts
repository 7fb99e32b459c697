/** The example's own parameters are checked too. */
import { expectTypeOf, test } from 'vitest';
import type { DiskFormat, Image } from '../../src/client';
import { createImage } from './create';

test('createImage takes only formats that Glance knows', () => {
  expectTypeOf(createImage).parameter(3).toEqualTypeOf<DiskFormat>();
  expectTypeOf(createImage).returns.resolves.toEqualTypeOf<Image>();
  expectTypeOf<'qcow3'>().not.toExtend<Parameters<typeof createImage>[3]>();
});
