/** New images: what the options ask for, checked. Models `qcow2_co_create` of QEMU's `block/qcow2.c`. */
import { QCOW2_DEFAULTS, type Qcow2Shape } from '../../disk-image/block/qcow2-writer';
import { isOn, type OptionValues } from './create-options';

/** The image cannot be made; the message is QEMU's. */
export class CreateError extends Error {
  override readonly name = 'CreateError';
}

const MAX_L1_SIZE = 32 * 2 ** 20;
const VERSIONS: Readonly<Record<string, 2 | 3>> = { '0.10': 2, v2: 2, '1.1': 3, v3: 3 };
const NEEDS_3 = 'compatibility level 1.1 and above (use version=v3 or greater)';

/** Throws {@link CreateError}. */
export function qcow2Shape(values: Readonly<OptionValues>, size: bigint): Qcow2Shape {
  const compat = values.get('compat') ?? 'v3';
  const version = VERSIONS[compat];
  if (version === undefined) throw new CreateError(`Parameter 'version' does not accept value '${compat}'`);
  const preallocation = values.get('preallocation') ?? 'off';
  if (!['off', 'metadata', 'falloc', 'full'].includes(preallocation))
    throw new CreateError(`Parameter 'preallocation' does not accept value '${preallocation}'`);
  const compression = values.get('compression_type') ?? 'zlib';
  if (compression !== 'zlib' && compression !== 'zstd')
    throw new CreateError(`Parameter 'compression-type' does not accept value '${compression}'`);
  const clusterBits = clusterBitsOf(values.get('cluster_size'));
  const extendedL2 = isOn(values.get('extended_l2'));
  if (extendedL2 && version < 3)
    throw new CreateError(`Extended L2 entries are only supported with ${NEEDS_3}`);
  if (extendedL2 && clusterBits < 14)
    throw new CreateError(
      'Extended L2 entries are only supported with cluster sizes of at least 16384 bytes',
    );
  const backingFile = values.get('backing_file');
  if (preallocation !== 'off' && backingFile !== undefined && !extendedL2)
    throw new CreateError(
      'Backing file and preallocation can only be used at the same time if extended_l2 is on',
    );
  const backingFormat = values.get('backing_fmt');
  if (backingFormat !== undefined && backingFile === undefined)
    throw new CreateError('Backing format cannot be used without backing file');
  const lazyRefcounts = isOn(values.get('lazy_refcounts'));
  if (lazyRefcounts && version < 3) throw new CreateError(`Lazy refcounts only supported with ${NEEDS_3}`);
  const refcountBits = Number(values.get('refcount_bits') ?? 16);
  if (![1, 2, 4, 8, 16, 32, 64].includes(refcountBits))
    throw new CreateError('Refcount width must be a power of two and may not exceed 64 bits');
  if (version < 3 && refcountBits !== 16)
    throw new CreateError(
      `Different refcount widths than 16 bits require ${NEEDS_3.replace('and above', 'or above')}`,
    );
  if (compression !== 'zlib' && version < 3)
    throw new CreateError(`Non-zlib compression type is only supported with ${NEEDS_3}`);
  const span = 2n ** BigInt(2 * clusterBits - (extendedL2 ? 4 : 3));
  if ((size + span - 1n) / span > BigInt(MAX_L1_SIZE / 8))
    throw new CreateError(
      "The image size is too large for file format 'qcow2' (try using a larger cluster size)",
    );
  return {
    ...QCOW2_DEFAULTS,
    size,
    version,
    clusterBits,
    extendedL2,
    lazyRefcounts,
    refcountBits,
    compressionType: compression,
    backingFile,
    backingFormat,
  };
}

function clusterBitsOf(size: string | undefined): number {
  const bits = Math.log2(Number(size ?? 65536));
  if (!Number.isInteger(bits) || bits < 9 || bits > 21)
    throw new CreateError('Cluster size must be a power of two between 512 and 2048k');
  return bits;
}

/** What a raw image can be asked for. Throws {@link CreateError}. */
export function checkPreallocation(values: Readonly<OptionValues>): void {
  const preallocation = values.get('preallocation') ?? 'off';
  if (preallocation === 'metadata') throw new CreateError('Unsupported preallocation mode: metadata');
  if (!['off', 'falloc', 'full'].includes(preallocation))
    throw new CreateError(`invalid parameter value: ${preallocation}`);
}

/** Why this cannot be made here, if it cannot. */
export function unsupportedOption(values: Readonly<OptionValues>): string | undefined {
  const name = [...values.keys()].find((each) => /^(data_file|encrypt)/.test(each));
  return name === undefined ? undefined : `the option ${name} is not in this sandbox`;
}
