import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Parser } from './argparse';
import { int, type ArgumentSpec } from './arguments';
import { ProgramExit } from './errors';
import { login, run } from './testing/terminal';

function parser(specs: readonly ArgumentSpec[], columns = 80): Parser {
  const made = new Parser({ prog: 'p', columns });
  made.addAll(specs);
  return made;
}

function failure(specs: readonly ArgumentSpec[], argv: string[]): string {
  try {
    parser(specs).parse(argv);
  } catch (error) {
    if (error instanceof ProgramExit) return `${error.status} ${error.stderr}`;
    throw error;
  }
  return '';
}

const format: ArgumentSpec = { names: ['-f', '--format'], choices: ['a', 'b'] };

test('choices are listed bare, as Python 3.13 does', () => {
  expect(failure([format], ['-f', "it's"])).toBe(
    '2 usage: p [-f {a,b}]\np: error: argument -f/--format: invalid choice: "it\'s" (choose from a, b)\n',
  );
});

test('a word that is no number is shown as Python shows it', () => {
  expect(failure([{ names: ['-n'], type: int }], ['-n', '1.5'])).toContain(
    "argument -n: invalid int value: '1.5'",
  );
  expect(
    parser([{ names: ['-n'], type: int }])
      .parse(['-n', ' 1_000 '])
      .number('n'),
  ).toBe(1000);
});

test('an option may be cut short while only one fits', () => {
  expect(parser([format]).parse(['--fo=b']).string('format')).toBe('b');
  expect(failure([format, { names: ['--force'] }], ['--for'])).toContain(
    'ambiguous option: --for could match --format, --force',
  );
});

test('options that exclude each other say so', () => {
  const specs: ArgumentSpec[] = [
    { names: ['--a'], action: 'store_true', exclusive: 'x' },
    { names: ['--b'], action: 'store_true', exclusive: 'x' },
  ];
  expect(failure(specs, ['--a', '--b'])).toBe(
    '2 usage: p [--a | --b]\np: error: argument --b: not allowed with argument --a\n',
  );
});

test('key=value pairs are collected; a later one of the same key wins', () => {
  const specs: ArgumentSpec[] = [{ names: ['--property'], action: 'key_value' }];
  expect(
    parser(specs).parse(['--property', 'a=1=2', '--property', 'b=', '--property', 'a=3']).pairs('property'),
  ).toEqual([
    ['a', '3'],
    ['b', ''],
  ]);
  expect(failure(specs, ['--property', 'a'])).toContain(
    "argument --property: Expected 'key=value' type, but got: a",
  );
  expect(failure(specs, ['--property', '=a'])).toContain(
    'argument --property: Property key must be specified: =a',
  );
});

test('usage is folded two short of the terminal', () => {
  const specs = ['--aaaaaaaa', '--bbbbbbbb', '--cccccccc'].map((name): ArgumentSpec => ({ names: [name] }));
  expect(parser(specs, 40).format_usage()).toBe(
    'usage: p [--aaaaaaaa AAAAAAAA]\n         [--bbbbbbbb BBBBBBBB]\n         [--cccccccc CCCCCCCC]\n',
  );
});

const words = [
  'image',
  'list',
  'show',
  'create',
  'set',
  'image-list',
  'image-create',
  '-f',
  'json',
  '-c',
  '--',
  '--property',
  'a=b',
  '-h',
  '--help',
  '--os-cloud',
  '--min-disk',
  '-1',
  '--debug',
  'help',
  '--tags',
];
const argv = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary' }), fc.string()), {
  maxLength: 12,
});

test('whatever is typed, both programs end with an exit code and throw nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('openstack', 'glance'), argv, async (program, args) => {
      const result = await run([program, ...args], { env: login('demo') });
      expect([0, 1, 2]).toContain(result.exitCode);
      if (result.exitCode !== 0) expect(result.stderr.length + result.stdout.length).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
}, 60_000);
