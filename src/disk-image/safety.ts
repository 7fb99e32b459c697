import {
  BACKING_FILE,
  DECLARED_RAW,
  QCOW2_DATA_FILE,
  QEMU_HEADERS,
  VMDK_FLAT,
  type Advisory,
} from './describe/advisories';
import type { Description, Unsafe } from './describe/description';
import {
  ImageFormatError,
  type FileInspector,
  type FormatInspector,
  type SafetyFinding,
} from './format-inspector';

const ADVISORIES: Readonly<Record<string, readonly Advisory[]>> = {
  backing_file: BACKING_FILE,
  data_file: [QCOW2_DATA_FILE],
  descriptor: [VMDK_FLAT, DECLARED_RAW],
};

/** Formats in which a partition table is nothing but a likeness: a kernel begins with a boot sector of its own. */
const NO_PARTITIONS = ['kernel', 'initrd', 'gzip', 'xz', 'zstd', 'bzip2', 'tar', 'ova', 'ovf'];

/** What oslo.utils has against the file, under its names, and what the headers show beyond that. */
export function unsafeIn(
  description: Description,
  inspector: FormatInspector,
  qemuRefusal: string | undefined,
): Unsafe[] {
  const found: Unsafe[] = [];
  const names = inspector.formats.map(({ name }) => name).sort();
  if (names.length > 1 && names.join() !== 'gpt,iso')
    found.push({
      check: 'multiple_formats',
      reason: `The file is several formats at once: ${names.join(', ')}`,
      advisories: [DECLARED_RAW],
    });
  for (const format of inspector.formats) {
    if (format.name === 'gpt' && NO_PARTITIONS.includes(description.format)) continue;
    for (const { check, reason } of safetyOf(format))
      found.push({ check, reason, advisories: ADVISORIES[check] ?? [] });
  }
  const known = new Set(found.map(({ check }) => check));
  found.push(...description.unsafe.filter(({ check }) => !known.has(check)));
  if (qemuRefusal !== undefined)
    found.push({
      check: 'header',
      reason: `QEMU does not open it: ${qemuRefusal}`,
      advisories: [QEMU_HEADERS],
    });
  return found;
}

function safetyOf(inspector: FileInspector): SafetyFinding[] {
  try {
    return inspector.safetyCheck();
  } catch (error) {
    if (!(error instanceof ImageFormatError)) throw error;
    return [{ check: 'incomplete', reason: error.message }];
  }
}
