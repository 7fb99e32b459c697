/** Compares what we say of a file with what the real programs say: real-cloud/disk-image-oracle.py. */
import { checkUpload } from '../upload-check';
import { inspectImage, type Inspection } from '../inspect';
import { probe } from '../probe';
import { BoundedReader, type Sliceable } from '../reader';

/** What the oracle answers. */
export interface RealVerdicts {
  qemu:
    | { error: string }
    | {
        format: string;
        virtualSize: number;
        backing: string | null;
        dataFile: string | null;
        createType: string | null;
      };
  oslo:
    | { error: string }
    | { formats: { name: string; virtualSize: number | string; failed: Record<string, string> }[] };
  glance: Record<string, { accepted: boolean; reason?: string; virtualSize?: number | null }>;
  nova: { accepted: boolean; reason?: string } | null;
}

export interface OurVerdicts {
  inspection: Inspection;
  oslo: { name: string; virtualSize: number; failed: Record<string, string> }[];
  glance: RealVerdicts['glance'];
}

/** What every upload is declared as in turn. */
export const DECLARED = ['raw', 'qcow2', 'vmdk', 'vdi', 'vhd', 'vhdx', 'iso', 'ami', 'ploop'];

export async function ourVerdicts(source: Sliceable): Promise<OurVerdicts> {
  const inspector = await probe(new BoundedReader(source));
  const oslo = inspector.formats.map((format) => {
    let failed: Record<string, string>;
    try {
      failed = Object.fromEntries(format.safetyCheck().map(({ check, reason }) => [check, reason]));
    } catch (error) {
      failed = { incomplete: error instanceof Error ? error.message : '' };
    }
    return { name: format.name, virtualSize: format.virtualSize, failed };
  });
  return {
    inspection: await inspectImage(source, 'x'),
    oslo: oslo.sort((a, b) => (a.name < b.name ? -1 : 1)),
    glance: Object.fromEntries(
      DECLARED.map((name) => {
        const verdict = checkUpload(inspector, name);
        return [
          name,
          verdict.accepted ? { accepted: true, virtualSize: verdict.virtualSize || null } : verdict,
        ];
      }),
    ),
  };
}

export interface Difference {
  what: 'format' | 'virtual size' | 'points elsewhere' | 'oslo.utils' | 'glance' | 'nova';
  ours: string;
  theirs: string;
  /** Why it is so; `undefined` if nobody has explained it. */
  reason: string | undefined;
}

const QEMU_NAMES: Readonly<Record<string, string>> = { vpc: 'vhd', parallels: 'ploop' };

/** Everything in which we and they differ. */
export function differences(ours: OurVerdicts, theirs: RealVerdicts): Difference[] {
  return [...withQemu(ours, theirs), ...withOslo(ours, theirs), ...withServices(ours, theirs)];
}

function withQemu({ inspection }: OurVerdicts, { qemu }: RealVerdicts): Difference[] {
  if ('error' in qemu) return [];
  const found: Difference[] = [];
  const format = QEMU_NAMES[qemu.format] ?? qemu.format;
  if (format !== inspection.format) {
    const difference = { what: 'format' as const, ours: inspection.format, theirs: qemu.format };
    return [{ ...difference, reason: whyAnotherFormat(inspection, qemu.format) }];
  }
  if (inspection.virtualSize !== qemu.virtualSize)
    found.push({
      what: 'virtual size',
      ours: String(inspection.virtualSize),
      theirs: String(qemu.virtualSize),
      reason: undefined,
    });
  const checks = inspection.unsafe.map(({ check }) => check);
  const pointer =
    qemu.backing !== null ? ['backing_file', 'parent'] : qemu.dataFile !== null ? ['data_file'] : [];
  if (pointer.length > 0 && !pointer.some((check) => checks.includes(check)))
    found.push({
      what: 'points elsewhere',
      ours: checks.join(),
      theirs: qemu.backing ?? qemu.dataFile ?? '',
      reason: undefined,
    });
  return found;
}

/** What QEMU has no driver for, or does not look for, is raw to it. */
function whyAnotherFormat({ format, details }: Inspection, qemu: string): string | undefined {
  if (qemu !== 'raw') return undefined;
  if (format === 'vhd' && details['type'] === 'fixed')
    return 'QEMU sees a fixed VHD only if it is told so with -f vpc';
  if (format === 'vmdk' && details['descriptorOnly'] === true)
    return 'oslo.utils takes any text with a createType for a VMDK, QEMU only one that begins with a version';
  if (format === 'luks' && details['version'] !== 1) return 'QEMU knows only version 1 of LUKS';
  if (['iso', 'ova', 'ovf', 'tar', 'gzip', 'xz', 'zstd', 'bzip2', 'kernel', 'initrd'].includes(format))
    return 'QEMU has no name for what is no disk format';
  return undefined;
}

function withOslo(ours: OurVerdicts, { oslo }: RealVerdicts): Difference[] {
  const mine = JSON.stringify(ours.oslo);
  if ('error' in oslo) {
    const reason =
      oslo.error === 'AttributeError'
        ? 'oslo.utils fails on a text that is no ASCII beyond its first 512 bytes (VMDKInspector.vmdktype), and with it Glance and nova'
        : undefined;
    return [{ what: 'oslo.utils', ours: mine, theirs: oslo.error, reason }];
  }
  const theirs = JSON.stringify(oslo.formats);
  return mine === theirs ? [] : [{ what: 'oslo.utils', ours: mine, theirs, reason: undefined }];
}

function withServices(ours: OurVerdicts, { qemu, oslo, glance, nova }: RealVerdicts): Difference[] {
  if ('error' in oslo) return [];
  const found: Difference[] = [];
  for (const [name, theirs] of Object.entries(glance)) {
    const mine = ours.glance[name];
    if (same(mine, theirs)) continue;
    found.push({
      what: 'glance',
      ours: `${name}: ${JSON.stringify(mine)}`,
      theirs: JSON.stringify(theirs),
      reason: undefined,
    });
  }
  const { accepted, reason } = ours.inspection.nova;
  if (nova === null || (accepted === nova.accepted && (accepted || reason === nova.reason))) return found;
  // how qemu-img failed the oracle does not tell nova
  const qemuFailed = 'error' in qemu && /^InvalidDiskInfo/.test(nova.reason ?? '');
  if (qemuFailed && !accepted) return found;
  found.push({
    what: 'nova',
    ours: `${accepted} ${reason}`,
    theirs: `${JSON.stringify(nova)} ${'error' in qemu ? qemu.error : ''}`,
    reason:
      qemuFailed &&
      (NO_DRIVER.includes(ours.inspection.format) || ours.inspection.details['encryption'] === 'luks')
        ? `QEMU's driver for ${ours.inspection.format}, which is not modelled, refuses damage: ${words(qemu.error)}`
        : undefined,
  });
  return found;
}

/** What QEMU opens with a driver of its own and we know by its header alone. */
const NO_DRIVER: readonly string[] = ['luks', 'qed', 'ploop'];

/** Python's sets have no order, so neither has Glance's list of formats. */
function same(
  ours: RealVerdicts['glance'][string] | undefined,
  theirs: RealVerdicts['glance'][string],
): boolean {
  if (ours?.accepted !== theirs.accepted || (ours.virtualSize ?? null) !== (theirs.virtualSize ?? null))
    return false;
  const sorted = (reason = '') =>
    reason.replace(/(?<=detected: ).*/, (list) => list.split(',').sort().join());
  return sorted(ours.reason) === sorted(theirs.reason);
}

/** An error of qemu-img without file names and numbers. */
function words(error: string): string {
  return error.replace(/^.*?Could not open '[^']*':? ?/s, '').replace(/'[^']*'|\d+/g, '…');
}
