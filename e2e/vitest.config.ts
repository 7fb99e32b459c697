import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest first, so that it is not alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const longest = (file: TestSpecification) => file.moduleId.endsWith('run-every-block.test.ts');
    return [...files.filter(longest), ...files.filter((file) => !longest(file))];
  }
}

/** The tests that drive a browser over the built site: npm run build && npm run e2e. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/support/setup.ts'],
    // no test here measures time (npm run size does), so two browsers may share the processor
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
