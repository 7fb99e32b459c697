/** Wrong values do not compile. Each `@ts-expect-error` fails the type check when its line does compile. */
import { expectTypeOf, test } from 'vitest';
import type {
  Connection,
  DiskFormat,
  Image,
  ImageCreate,
  ImageProperties,
  ImageQuery,
  ImageStatus,
  ImageUpdate,
  Visibility,
} from './index';

test('formats, visibility and status are literal types', () => {
  expectTypeOf<'qcow2'>().toExtend<DiskFormat>();
  expectTypeOf<Image['status']>().toEqualTypeOf<ImageStatus>();
  expectTypeOf<Image['visibility']>().toEqualTypeOf<Visibility>();
  expectTypeOf<Image['size']>().toEqualTypeOf<number | null>();

  // @ts-expect-error there is no qcow3
  void ({ disk_format: 'qcow3' } satisfies ImageCreate);
  // @ts-expect-error `none` is called bare
  void ({ container_format: 'none' } satisfies ImageCreate);
  // @ts-expect-error everybody is `public`
  void ({ visibility: 'everybody' } satisfies ImageCreate);
  // @ts-expect-error `all` is a filter, not a visibility
  void ({ visibility: 'all' } satisfies ImageCreate);
  void ({ visibility: 'all' } satisfies ImageQuery);
  // @ts-expect-error `ready` is called active
  void ({ status: 'ready' } satisfies ImageQuery);
});

test('fields are known by name and type', () => {
  // @ts-expect-error misspelt
  void ({ disk_fromat: 'raw' } satisfies ImageCreate);
  // @ts-expect-error MB, as a number
  void ({ min_ram: '512 MB' } satisfies ImageCreate);
  // @ts-expect-error the size is the service's to say
  void ({ size: 1 } satisfies ImageUpdate);
});

test('properties that nova reads take only values that nova accepts', () => {
  void ({
    hw_disk_bus: 'virtio',
    hw_cpu_cores: '4',
    hw_qemu_guest_agent: 'yes',
    hw_architecture: 'amd64',
  } satisfies ImageProperties);
  // @ts-expect-error nova knows no such bus
  void ({ hw_disk_bus: 'virtoi' } satisfies ImageProperties);
  // @ts-expect-error documents say so, nova does not
  void ({ hw_architecture: 'arm' } satisfies ImageProperties);
  // @ts-expect-error a whole number
  void ({ hw_cpu_cores: 'four' } satisfies ImageProperties);
  // @ts-expect-error Glance keeps all properties as text
  void ({ hw_cpu_cores: 4 } satisfies ImageProperties);
  // @ts-expect-error not a boolean for nova
  void ({ hw_qemu_guest_agent: 'maybe' } satisfies ImageProperties);
  // @ts-expect-error the old name has the same values
  void ({ vm_mode: 'container' } satisfies ImageProperties);
});

test('any other property takes any text, and null removes', () => {
  void ({ our_team: 'blue' } satisfies ImageProperties);
  void ({ properties: { our_team: null, hw_disk_bus: null } } satisfies ImageUpdate);
  // @ts-expect-error text only
  void ({ our_team: 1 } satisfies ImageProperties);
  // @ts-expect-error removing makes no sense in a new image
  void ({ properties: { our_team: null } } satisfies ImageCreate);
  // @ts-expect-error also checked in changes
  void ({ properties: { hw_disk_bus: 'virtoi' } } satisfies ImageUpdate);
});

test('findImage may find nothing unless it must find something', () => {
  const find = (image: Connection['image']) => image.findImage('x');
  const mustFind = (image: Connection['image']) => image.findImage('x', { ignoreMissing: false });
  expectTypeOf(find).returns.resolves.toEqualTypeOf<Image | undefined>();
  expectTypeOf(mustFind).returns.resolves.toEqualTypeOf<Image>();
});
