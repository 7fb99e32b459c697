import { adviceFor, type Advice } from './advice';
import { describe } from './describe';
import type { Details, FormatName, Part, Unsafe } from './describe/description';
import { probe } from './probe';
import { qemuRefusal } from './qemu-refusal';
import { BoundedReader, type Sliceable } from './reader';
import { unsafeIn } from './safety';
import { glanceVerdict, novaVerdict, type GlanceVerdict, type NovaVerdict } from './verdicts';

export { MAX_BYTES_READ, type Sliceable } from './reader';
export type { Advice, Details, FormatName, GlanceVerdict, NovaVerdict, Part, Unsafe };

/** What a file is, what a cloud says to it, and what to do with it. */
export interface Inspection {
  file: string;
  format: FormatName;
  /** Bytes of the disk that a server would get, as `qemu-img info` says; `null` if there is no disk or nobody can know. */
  virtualSize: number | null;
  /** What the headers say; which names there are depends on the format. */
  details: Details;
  glance: GlanceVerdict;
  nova: NovaVerdict;
  unsafe: Unsafe[];
  advice: Advice[];
  /** What lies where in the file, as far as its headers say. */
  layout: Part[];
  /** Length of the file. */
  size: number;
  /** Bytes that were read for this answer; never more than {@link MAX_BYTES_READ}. */
  bytesRead: number;
}

/**
 * What is this file? Reads headers only, so that 50 GB are as quick as 50 kB. No content, however broken, makes it throw;
 * what the file itself throws when it is read, it throws.
 *
 * The verdict on an upload comes from the same inspectors as the Image service's 415, which are modelled on
 * `oslo_utils/imageutils/format_inspector.py`.
 *
 * @param source a `Blob`, a `File`, or in Node what `openImageFile` gives
 * @param file its name, for the commands in the advice
 *
 * @example
 * const { format, glance } = await inspectImage(await openImageFile('disk.vmdk'), 'disk.vmdk');
 * console.log(format, glance.accepted ? 'is taken' : glance.reason);
 */
export async function inspectImage(source: Sliceable, file: string): Promise<Inspection> {
  const reader = new BoundedReader(source);
  const inspector = await probe(reader);
  const description = await describe(reader);
  const glance = glanceVerdict(description, inspector);
  const refusal = await qemuRefusal(reader, description.format);
  const nova = novaVerdict(description, inspector, glance, refusal);
  const unsafe = unsafeIn(description, inspector, refusal);
  const checks = unsafe.map(({ check }) => check);
  return {
    file,
    format: description.format,
    virtualSize: description.virtualSize,
    details: description.details,
    glance,
    nova,
    unsafe,
    advice: adviceFor({ file, description, glance, nova, unsafe: checks }),
    layout: description.layout,
    size: reader.size,
    bytesRead: reader.bytesRead,
  };
}
