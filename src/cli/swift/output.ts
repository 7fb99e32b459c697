/** What is printed, and whether anything went wrong: OutputManager of swiftclient/multithreading.py. */
import type { Output } from '../output';
import type { SwiftError } from './exceptions';

export class OutputManager {
  errorCount = 0;

  constructor(private readonly output: Output) {}

  print(message: string): void {
    this.output.write(`${message}\n`);
  }

  printRaw(data: Uint8Array<ArrayBuffer>): void {
    this.output.write(data);
  }

  /** Names and values, the colons below each other. Values that are not there are left out if `skipMissing` says so. */
  printItems(items: readonly Item[], skipMissing = false): void {
    const offset = Math.max(...items.map(([name]) => [...name].length));
    for (const [name, value] of items) {
      if (skipMissing && (value === undefined || value === '')) continue;
      this.print(`${' '.repeat(offset - [...name].length)}${name}: ${value ?? 'None'}`.trimEnd());
    }
  }

  /** Anything said here makes the program end with 1. */
  error(message: string): void {
    this.errorCount++;
    this.output.error(`${message}\n`);
  }

  warning(message: string): void {
    this.output.error(`${message}\n`);
  }

  errorWithTransaction(error: SwiftError): void {
    this.error(`${error.value}\nFailed Transaction ID: ${error.transactionId ?? 'unknown'}`);
  }
}

/** A line of `swift stat`. */
export type Item = readonly [name: string, value: string | undefined];
