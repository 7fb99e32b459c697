/** Least time between two saves, in milliseconds. */
const PAUSE = 1000;

/** Saves after changes: soon, one save at a time, and never so often that saving is all the process does. */
export class Saver {
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> | undefined;
  #dirty = false;
  #pause = PAUSE;
  #stopped = false;

  /**
   * @param save writes the present state.
   * @param onError hears of saves that failed; the next change tries again.
   */
  constructor(
    private readonly save: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Call it when something has changed. */
  changed(): void {
    this.#dirty = true;
    if (this.#stopped || this.#timer || this.#saving) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#saving = this.#run()
        .catch(this.onError)
        .finally(() => {
          this.#saving = undefined;
          if (this.#dirty) this.changed();
        });
    }, this.#pause);
    this.#timer.unref();
  }

  /** Saves what is not saved yet, for the last time. Rejects if that fails. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#saving;
    if (this.#dirty) await this.#run();
  }

  async #run(): Promise<void> {
    const start = performance.now();
    this.#dirty = false;
    try {
      await this.save();
    } catch (error) {
      this.#dirty = true;
      throw error;
    } finally {
      this.#pause = Math.max(PAUSE, 10 * (performance.now() - start));
    }
  }
}
