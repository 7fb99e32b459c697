import type { Description, FormatName } from './describe/description';
import { DISK_FORMATS, type DiskFormat } from './disk-formats';
import { ALL_FORMATS, ImageFormatError, type FileInspector, type FormatInspector } from './format-inspector';
import { checkUpload } from './upload-check';

export type ContainerFormat = 'bare' | 'ova' | 'compressed' | 'aki' | 'ari';

/** What Glance says to the file. */
export interface GlanceVerdict {
  /** What to declare it as. */
  diskFormat: DiskFormat;
  containerFormat: ContainerFormat;
  /** Whether the upload ends well; if not, it ends with status 415. */
  accepted: boolean;
  /** Why; for a 415 its own words. */
  reason: string;
  /** What Glance writes down as the size of the disk inside; `null` if nothing. */
  virtualSize: number | null;
}

/** What nova's libvirt driver does with the image once Glance has it. */
export interface NovaVerdict {
  /** Whether a server can be started with it. */
  accepted: boolean;
  /** What happens to it; or nova's own words for refusing it. */
  reason: string;
}

const CONTAINERS: Partial<Record<FormatName, { diskFormat: DiskFormat; containerFormat: ContainerFormat }>> =
  {
    ova: { diskFormat: 'vmdk', containerFormat: 'ova' },
    gzip: { diskFormat: 'raw', containerFormat: 'compressed' },
    xz: { diskFormat: 'raw', containerFormat: 'compressed' },
    zstd: { diskFormat: 'raw', containerFormat: 'compressed' },
    bzip2: { diskFormat: 'raw', containerFormat: 'compressed' },
    kernel: { diskFormat: 'aki', containerFormat: 'aki' },
    initrd: { diskFormat: 'ari', containerFormat: 'ari' },
  };

/** The declaration that says of a file what it is, as far as Glance has a word for it. */
export function declarationOf(
  description: Description,
): Pick<GlanceVerdict, 'diskFormat' | 'containerFormat'> {
  const { format, details } = description;
  if (format === 'gzip' && isArchive(details['content']))
    return { diskFormat: 'ari', containerFormat: 'ari' };
  const container = CONTAINERS[format];
  if (container) return container;
  // a fixed VHD is taken for the raw disk that it is but for its last sector
  if (format === 'vhd' && details['type'] === 'fixed') return { diskFormat: 'raw', containerFormat: 'bare' };
  const diskFormat = DISK_FORMATS.find((name) => name === format) ?? (format === 'qcow' ? 'qcow2' : 'raw');
  return { diskFormat, containerFormat: 'bare' };
}

const isArchive = (content: unknown): boolean =>
  typeof content === 'object' && content !== null && 'format' in content && content.format === 'initrd';

export function glanceVerdict(description: Description, inspector: FormatInspector): GlanceVerdict {
  const declaration = declarationOf(description);
  const { diskFormat, containerFormat } = declaration;
  if (containerFormat !== 'bare') {
    const reason = `Glance does not look into data whose container_format is ${containerFormat}`;
    return { ...declaration, accepted: true, reason, virtualSize: null };
  }
  const verdict = checkUpload(inspector, diskFormat);
  if (!verdict.accepted) return { ...declaration, ...verdict, virtualSize: null };
  const seen = inspector.format.name;
  return {
    ...declaration,
    accepted: true,
    reason:
      seen === diskFormat || (seen === 'gpt' && diskFormat === 'raw')
        ? `The content is ${seen === 'gpt' ? 'a raw disk with partitions' : seen}, as declared`
        : `What is declared ${diskFormat} is let in, though the content looks like ${seen}`,
    virtualSize: verdict.virtualSize || null,
  };
}

/** QEMU's own names; what is no disk format is raw to it. */
function qemuName({ format, details }: Description): string {
  if (format === 'vhd') return details['type'] === 'fixed' ? 'raw' : 'vpc';
  if (format === 'ploop') return 'parallels';
  if (format === 'luks') return details['version'] === 1 ? 'luks' : 'raw';
  return ['qcow2', 'qcow', 'vmdk', 'vdi', 'vhdx', 'qed'].includes(format) ? format : 'raw';
}

const refused = (reason: string): NovaVerdict => ({ accepted: false, reason });
const MISMATCH = 'Image content does not match disk_format';
const UNSUPPORTED = 'Image not in a supported format';

/** Modelled on `do_image_deep_inspection` and `fetch_to_raw` of `nova/virt/images.py`. */
export function novaVerdict(
  description: Description,
  inspector: FormatInspector,
  glance: GlanceVerdict,
  qemuRefusal: string | undefined,
): NovaVerdict {
  const { diskFormat, containerFormat } = glance;
  if (containerFormat === 'aki' || containerFormat === 'ari') {
    const property = containerFormat === 'aki' ? 'kernel_id' : 'ramdisk_id';
    return { accepted: true, reason: `Used by servers whose image names it as ${property}; not a disk` };
  }
  if (!Object.hasOwn(ALL_FORMATS, diskFormat)) return refused(UNSUPPORTED);
  const content = novaFormat(inspector);
  if (content === undefined) return refused(MISMATCH);
  try {
    if (content.safetyCheck().length > 0) return refused('Image does not pass safety check');
  } catch {
    return refused(MISMATCH);
  }
  // nova means to say that they do not match, but catches its own error and says this
  if (content.name !== diskFormat && !(content.name === 'gpt' && diskFormat === 'raw'))
    return refused(UNSUPPORTED);
  if (qemuName(description) !== (diskFormat === 'iso' ? 'raw' : diskFormat)) return refused(MISMATCH);
  if (qemuRefusal !== undefined && qemuName(description) !== 'raw')
    return refused(`Disk info file is invalid: qemu-img failed: ${qemuRefusal}`);
  const { parent } = description.details;
  if (parent !== undefined) return refused(`fmt=${diskFormat} backed by: ${String(parent)}`);
  if (containerFormat === 'compressed')
    return {
      accepted: true,
      reason: 'Taken for a raw disk as it is, still packed: the server finds nothing to boot',
    };
  return { accepted: true, reason: whatHappens(diskFormat) };
}

function whatHappens(diskFormat: DiskFormat): string {
  if (diskFormat === 'raw') return 'Kept as it is; each server gets a qcow2 overlay on it';
  if (diskFormat === 'iso') return 'Attached as a CD-ROM; the server needs another disk to install on';
  return 'Converted to raw once a host (force_raw_images); each server gets a qcow2 overlay on that';
}

/** `get_image_format`: an ISO with a partition table in front counts as ISO, anything else that is two things as neither. */
function novaFormat(inspector: FormatInspector): FileInspector | undefined {
  try {
    return inspector.format;
  } catch (error) {
    if (!(error instanceof ImageFormatError)) throw error;
    const names = inspector.formats.map(({ name }) => name).sort();
    return names.join() === 'gpt,iso' ? inspector.formats.find(({ name }) => name === 'iso') : undefined;
  }
}
