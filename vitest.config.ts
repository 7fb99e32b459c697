import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const update = process.argv.some((argument) => argument === '--update' || argument === '-u');

export default defineConfig({
  test: {
    environment: 'node',
    // a busy machine is slow, and that is no failure
    testTimeout: 30_000,
    // both processors of a small machine: Vitest leaves one free
    maxWorkers: Math.max(2, availableParallelism() - 1),
    hookTimeout: 30_000,
    include: ['src/**/*.test.{ts,tsx}', 'examples/**/*.test.ts', 'docs/**/*.test.ts', 'scripts/**/*.test.ts'],
    // `*.test-d.ts`: what must not compile does not
    typecheck: {
      enabled: true,
      include: ['{src,examples}/**/*.test-d.ts'],
      tsconfig: './tsconfig.type-tests.json',
    },
    // the last one prints the totals, and "N passed, N failed" as the very last line
    reporters: ['default', './src/transcript/reporter.ts'],
    // told to the tests of the pages: rewrite the Markdown instead of comparing
    provide: { updatePages: update },
  },
});

declare module 'vitest' {
  export interface ProvidedContext {
    updatePages: boolean;
  }
}
