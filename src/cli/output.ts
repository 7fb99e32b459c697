import type { ProgramResult } from './program';

/** Collects what a program prints. */
export class Output {
  readonly #stdout: (string | Uint8Array<ArrayBuffer>)[] = [];
  #stderr = '';

  write(data: string | Uint8Array<ArrayBuffer>): void {
    if (data.length > 0) this.#stdout.push(data);
  }

  error(text: string): void {
    this.#stderr += text;
  }

  async result(exitCode: number): Promise<ProgramResult> {
    return { stdout: await this.#joined(), stderr: this.#stderr, exitCode };
  }

  async #joined(): Promise<string | Uint8Array> {
    const [only] = this.#stdout;
    if (this.#stdout.length === 1 && only !== undefined) return only;
    if (this.#stdout.every((part) => typeof part === 'string')) return this.#stdout.join('');
    return new Uint8Array(await new Blob(this.#stdout).arrayBuffer());
  }
}
