import type { CaptureRegion } from './capture-region';

/** The content cannot be what this inspector looks for. Messages are those of oslo.utils. */
export class ImageFormatError extends Error {
  override readonly name = 'ImageFormatError';
}

/** One finding of a safety check. */
export class SafetyViolation extends Error {
  override readonly name = 'SafetyViolation';
}

/** What one failed check found. `check` is its short name, such as `backing_file`. */
export interface SafetyFinding {
  check: string;
  reason: string;
}

/** A named question about a file whose answer may make it unsafe to use: it throws {@link SafetyViolation}. */
export interface SafetyCheck {
  name: string;
  run(): void;
}

/** For formats about which nothing can be unsafe. */
export const nullCheck: SafetyCheck = { name: 'null', run: () => undefined };

/** For formats that are recognized in order to be refused. */
export const bannedCheck: SafetyCheck = {
  name: 'banned',
  run: () => {
    throw new SafetyViolation('This file format is not allowed');
  },
};

/**
 * Looks for one format in a file that streams by, and keeps only the few bytes it needs.
 * Modelled on `FileInspector` of `oslo_utils/imageutils/format_inspector.py`.
 */
export abstract class FileInspector {
  /** Glance's name of the format. */
  abstract readonly name: string;
  protected readonly checks: SafetyCheck[] = [];
  readonly #regions = new Map<string, CaptureRegion>();
  #total = 0;

  /** Whether what was seen so far is of this format. */
  abstract get formatMatch(): boolean;

  /** Size in bytes of the disk that the file describes; 0 if that is not known (yet). */
  get virtualSize(): number {
    return this.#total;
  }

  /** Bytes seen so far. */
  get actualSize(): number {
    return this.#total;
  }

  /** Whether everything that decides about the format has been seen. */
  get complete(): boolean {
    return [...this.#regions.values()].every((region) => region.complete);
  }

  /** Bytes kept in memory. */
  get captured(): number {
    return [...this.#regions.values()].reduce((sum, region) => sum + region.data.length, 0);
  }

  /** Takes the next bytes of the file. Throws {@link ImageFormatError} when they rule the format out. */
  feed(chunk: Uint8Array): void {
    const position = this.#total;
    const open = new Set([...this.#regions].filter(([, region]) => !region.complete).map(([name]) => name));
    this.#total += chunk.length;
    for (const region of this.#regions.values()) region.capture(chunk, position);
    const known = new Set(this.#regions.values());
    const before = new Set(known);
    // a new region may be in this very chunk, and lead to the next one
    for (let added = true; added;) {
      this.postProcess();
      const fresh = [...this.#regions.values()].filter((region) => !known.has(region));
      for (const region of fresh) {
        region.capture(chunk, position);
        known.add(region);
      }
      added = fresh.length > 0;
    }
    for (const [name, region] of this.#regions) {
      if (region.complete && (open.has(name) || !before.has(region))) this.regionComplete(name);
    }
  }

  /** Where the next bytes begin, from `position` on, that this inspector still looks for; `undefined` if there are none. */
  wanted(position: number): number | undefined {
    const starts = [...this.#regions.values()]
      .filter((region) => !region.complete)
      .map((region) => region.missing)
      .filter((start) => start !== undefined && start >= position);
    return starts.length > 0 ? Math.min(...(starts as number[])) : undefined; // the filter left numbers only
  }

  /** Lets `length` bytes pass that nobody looks at. */
  skip(length: number): void {
    if (length <= 0) return;
    this.#total += length;
    for (const region of this.#regions.values()) region.skip();
  }

  /** Says that the file has ended. */
  finish(): void {
    for (const region of this.#regions.values()) region.finish();
  }

  /** Runs every check and returns what they found; empty means nothing is known against the file. */
  safetyCheck(): SafetyFinding[] {
    if (!this.complete) throw new ImageFormatError('Incomplete file cannot be safety checked');
    return this.checks.flatMap(({ name, run }) => {
      try {
        run();
        return [];
      } catch (error) {
        if (!(error instanceof SafetyViolation)) return [{ check: name, reason: 'Unexpected error' }];
        return [{ check: name, reason: error.message }];
      }
    });
  }

  /** Called after each chunk; may add regions, which then see the same chunk. */
  protected postProcess(): void {}

  protected regionComplete(_name: string): void {}

  protected hasRegion(name: string): boolean {
    return this.#regions.has(name);
  }

  protected region(name: string): CaptureRegion {
    const region = this.#regions.get(name);
    if (region === undefined) throw new ImageFormatError(`no region ${name}`);
    return region;
  }

  protected newRegion(name: string, region: CaptureRegion): void {
    this.#regions.set(name, region);
  }

  protected deleteRegion(name: string): void {
    this.#regions.delete(name);
  }

  /** A view for reading numbers out of a region. */
  protected view(name: string): DataView {
    const { data } = this.region(name);
    return new DataView(data.buffer, data.byteOffset, data.byteLength);
  }
}

/** Whether `data` begins with these bytes. */
export function startsWith(data: Uint8Array, ...bytes: number[]): boolean {
  return data.length >= bytes.length && bytes.every((byte, i) => data[i] === byte);
}

/** The bytes of an ASCII text. */
export function ascii(text: string): number[] {
  return [...text].map((char) => char.charCodeAt(0));
}
