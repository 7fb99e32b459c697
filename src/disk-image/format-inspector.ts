import { concat } from './capture-region';
import { FileInspector, ImageFormatError } from './file-inspector';
import { GPTInspector } from './inspectors/gpt';
import { ISOInspector } from './inspectors/iso';
import { LUKSInspector } from './inspectors/luks';
import { QcowInspector } from './inspectors/qcow2';
import { QEDInspector } from './inspectors/qed';
import { RawFileInspector } from './inspectors/raw';
import { VDIInspector } from './inspectors/vdi';
import { VHDInspector } from './inspectors/vhd';
import { VHDXInspector } from './inspectors/vhdx';
import { VMDKInspector } from './inspectors/vmdk';

export { FileInspector, ImageFormatError, SafetyViolation, type SafetyFinding } from './file-inspector';

/** Every format that is recognized, by Glance's name. */
export const ALL_FORMATS: Readonly<Record<string, new () => FileInspector>> = {
  raw: RawFileInspector,
  qcow2: QcowInspector,
  vhd: VHDInspector,
  vhdx: VHDXInspector,
  vmdk: VMDKInspector,
  vdi: VDIInspector,
  qed: QEDInspector,
  iso: ISOInspector,
  gpt: GPTInspector,
  luks: LUKSInspector,
};

/** Inspectors see at least this much at once, however small the chunks are that arrive. */
const FIRST_READ = 64 * 1024;

/**
 * Finds out what a file is while it streams by: feed it every chunk, then `finish()`, then ask.
 * Modelled on `InspectWrapper` of `oslo_utils/imageutils/format_inspector.py`.
 *
 * @example
 * const inspector = new FormatInspector();
 * for await (const chunk of blob.stream()) inspector.feed(chunk);
 * inspector.finish();
 * inspector.format.name; // 'qcow2'
 */
export class FormatInspector {
  readonly #inspectors = Object.values(ALL_FORMATS).map((Inspector) => new Inspector());
  readonly #excluded = new Set<FileInspector>();
  #head: Uint8Array | undefined = new Uint8Array(0);

  feed(chunk: Uint8Array): void {
    if (this.#head === undefined) {
      this.#process(chunk);
      return;
    }
    if (this.#head.length + chunk.length < FIRST_READ) {
      this.#head = concat(this.#head, chunk);
      return;
    }
    const first = this.#head.length === 0 ? chunk : concat(this.#head, chunk);
    this.#head = undefined;
    this.#process(first);
  }

  /** Where the next bytes begin, from `position` on, that an inspector still looks for; `undefined` if there are none. */
  wanted(position: number): number | undefined {
    if (this.#head !== undefined) return position;
    const starts = this.#inspectors.flatMap((inspector) =>
      this.#excluded.has(inspector) ? [] : (inspector.wanted(position) ?? []),
    );
    return starts.length > 0 ? Math.min(...starts) : undefined;
  }

  /** Lets `length` bytes pass that no inspector {@link wanted}. */
  skip(length: number): void {
    if (length > 0) this.#processHead();
    for (const inspector of this.#inspectors) inspector.skip(length);
  }

  finish(): void {
    this.#processHead();
    for (const inspector of this.#inspectors) inspector.finish();
  }

  /** Everything that the content matches, without raw unless nothing else does. */
  get formats(): FileInspector[] {
    const matches = this.#inspectors.filter((inspector) => inspector.name !== 'raw' && inspector.formatMatch);
    return matches.length > 0 ? matches : this.#inspectors.filter((inspector) => inspector.name === 'raw');
  }

  /** The one format of the content. Throws {@link ImageFormatError} if there is more than one. */
  get format(): FileInspector {
    const matches = this.formats;
    const [only] = matches;
    if (only === undefined || matches.length > 1) {
      throw new ImageFormatError(`Multiple formats detected: ${matches.map(({ name }) => name).join(',')}`);
    }
    return only;
  }

  /** Whether nothing that is still to come can change the answer, so that one may stop reading. */
  get decided(): boolean {
    return this.#inspectors.every((inspector) => inspector.complete || this.#excluded.has(inspector));
  }

  /** Bytes kept in memory by all inspectors. */
  get captured(): number {
    return this.#inspectors.reduce((sum, inspector) => sum + inspector.captured, this.#head?.length ?? 0);
  }

  #processHead(): void {
    const head = this.#head;
    this.#head = undefined;
    if (head !== undefined && head.length > 0) this.#process(head);
  }

  #process(chunk: Uint8Array): void {
    for (const inspector of this.#inspectors) {
      if (this.#excluded.has(inspector)) continue;
      try {
        inspector.feed(chunk);
      } catch {
        // ruled out, or the content is too broken to read as this format; either way it is something else
        this.#excluded.add(inspector);
      }
    }
  }
}

/** What {@link detectFormat} found. */
export interface DetectedFormat {
  /** Glance's name of the format; `gpt` for a raw disk with partitions. */
  name: string;
  /** Size in bytes of the disk inside; 0 if unknown. For raw it is the size of the file. */
  virtualSize: number;
}

/**
 * What is this file? Reads no more of it than it needs.
 *
 * @throws {@link ImageFormatError} if the content is of several formats at once.
 */
export async function detectFormat(file: Blob): Promise<DetectedFormat> {
  const inspector = new FormatInspector();
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    inspector.feed(next.value);
    if (inspector.decided) {
      await reader.cancel();
      break;
    }
  }
  inspector.finish();
  const { name, virtualSize } = inspector.format;
  return { name, virtualSize: name === 'raw' || name === 'gpt' ? file.size : virtualSize };
}
