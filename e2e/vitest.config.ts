import { defineConfig } from 'vitest/config';

/** The tests that drive a browser over the built site: npm run build && npm run e2e. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/support/setup.ts'],
    // one browser at a time: two fight for the processor, and then time is measured wrongly
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
