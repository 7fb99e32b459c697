/** How far a command is. Models `util/qemu-progress.c` of QEMU. */

/** Percent that must be done between two lines. */
const STEP = 1;

export class Progress {
  #text = '';
  #last = 0;

  constructor(private readonly shown: boolean) {}

  print(percent: number): void {
    if (!this.shown) return;
    if (percent !== 0 && percent !== 100 && percent <= this.#last + STEP) return;
    this.#last = percent;
    this.#text += `    (${percent.toFixed(2)}/100%)\r`;
  }

  /** Everything that was shown, and the end of the line. */
  end(): string {
    return this.shown ? `${this.#text}\n` : '';
  }
}
