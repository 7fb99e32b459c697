import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSandbox } from './sandbox';
import { fakeProgram } from './testing/fake-programs';

const options = { cloud: 'empty', programs: { fake: fakeProgram }, completers: {} };

const pieces = fc.constantFrom(
  ...[
    'echo',
    'fake',
    'fail',
    'cat',
    'x=1',
    '$x',
    '${x',
    '}',
    '$(',
    ')',
    '`',
    '"',
    "'",
    '\\',
    '|',
    '|&',
    '&&',
    '||',
    ';',
    '&',
    '>',
    '>>',
    '2>&1',
    '<',
    '<<',
    '<<<',
    'EOF',
    '\n',
    '(',
    '{',
    'if',
    'then',
    'fi',
    'for',
    'in',
    'do',
    'done',
    'while',
    'case',
    'esac',
    '[[',
    ']]',
    '((',
    '))',
    '#',
    '*',
    '~',
    'cd',
    'tiny.raw',
    'exit',
    'set',
    '-e',
    '-x',
    '-u',
    'é',
    '\0',
    '\u{1f600}',
    '-',
    '=',
    '!',
    'break',
    'return',
    'f()',
    'unset',
    'eval',
    'declare',
    '-A',
    'exec',
    'shopt',
    'alias',
    'read',
    'xargs',
    'sleep',
    '9',
    'history',
    'trap',
    'env',
  ],
);

const lines = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(pieces, { maxLength: 12 }).map((words) => words.join(' ')),
  fc.array(pieces, { maxLength: 8 }).map((words) => words.join('')),
);

test('whatever is typed, run answers, completion answers, and the shell can still be used', async () => {
  const sandbox = await createSandbox(options);
  await fc.assert(
    fc.asyncProperty(lines, async (line) => {
      const signal = AbortSignal.timeout(2000);
      const result = await sandbox.run(line, { signal });
      expect(Number.isInteger(result.exitCode)).toBe(true);
      expect(result.terminal).not.toMatch(/Cannot read properties|is not a function|undefined is not/);
      sandbox.isIncomplete(line);
      const { start } = await sandbox.complete(line, line.length);
      expect(start).toBeLessThanOrEqual(line.length);
      expect((await sandbox.run('set +u; builtin echo still here')).stdout).toBe('still here\n');
    }),
    { numRuns: 300, seed: 42 },
  );
}, 120_000);
