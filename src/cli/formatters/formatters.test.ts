import { expect, test } from 'vitest';
import { Parser } from '../argparse';
import { DictColumn, ListColumn, formatSize, type Cell } from './columns';
import { listFormatters, showFormatters, type Terminal } from '.';
import { dump } from './yaml';

const paper: Terminal = { isTerminal: false, columns: 80, env: {} };

function print(
  format: string,
  columns: string[],
  rows: Cell[][],
  argv: string[] = [],
  terminal = paper,
  one = false,
): string {
  const formatter = (one ? showFormatters : listFormatters).find(({ name }) => name === format);
  const parser = new Parser({ prog: 'p', columns: 80 });
  parser.addAll(formatter?.options?.(terminal.env).arguments ?? []);
  const args = parser.parse(argv);
  return (
    (one
      ? formatter?.emitOne?.(columns, rows[0] ?? [], args, terminal)
      : formatter?.emitList?.(columns, rows, args, terminal)) ?? ''
  );
}

const one = (format: string, fields: Record<string, Cell>, argv: string[] = [], terminal = paper): string =>
  print(format, Object.keys(fields), [Object.values(fields)], argv, terminal, true);

test('a table aligns text left and numbers right, by the type in the first row', () => {
  expect(
    print(
      'table',
      ['Name', 'Size'],
      [
        ['a', 1],
        ['bb', 1000],
      ],
    ),
  ).toBe(
    [
      '+------+------+',
      '| Name | Size |',
      '+------+------+',
      '| a    |    1 |',
      '| bb   | 1000 |',
      '+------+------+',
      '',
    ].join('\n'),
  );
});

test('a table of no rows is an empty line, or its heading when asked for', () => {
  expect(print('table', ['ID'], [])).toBe('\n');
  expect(print('table', ['ID'], [], ['--print-empty'])).toBe('+----+\n| ID |\n+----+\n+----+\n');
});

test('a table gives wide characters two cells and a line of a cell a line of its own', () => {
  expect(one('table', { a: '漢字', b: 'x\ny' })).toBe(
    [
      '+-------+-------+',
      '| Field | Value |',
      '+-------+-------+',
      '| a     | 漢字  |',
      '| b     | x     |',
      '|       | y     |',
      '+-------+-------+',
      '',
    ].join('\n'),
  );
});

test('--max-width wraps the widest columns, which stay 8 or 16 wide at least', () => {
  const text = print(
    'table',
    ['ID', 'Name'],
    [['11111111-2222', 'a name of some length']],
    ['--max-width', '30'],
  );
  expect(text.split('\n').map((line) => line.length)).toEqual([30, 30, 30, 30, 30, 30, 0]);
  expect(print('table', ['ID'], [['1234567890']], ['--max-width', '1'])).toContain(
    '| 12345678 |\n| 90       |',
  );
});

test('a table fits the terminal, but not a pipe', () => {
  const wide: Cell[][] = [['x'.repeat(100)]];
  expect(print('table', ['A'], wide, [], { ...paper, isTerminal: true }).split('\n')[0]).toHaveLength(80);
  expect(print('table', ['A'], wide, ['--fit-width']).split('\n')[0]).toHaveLength(104);
});

test('JSON keeps types, and lists and objects stay what they are', () => {
  const fields = { n: 1, t: new ListColumn(['b', 'a']), p: new DictColumn({ k: 'é' }), x: null };
  expect(one('json', fields, ['--noindent'])).toBe(
    '{"n": 1, "t": ["b", "a"], "p": {"k": "\\u00e9"}, "x": null}\n',
  );
  expect(print('json', ['A'], [])).toBe('[]\n');
});

test('people see tags and properties sorted', () => {
  expect(
    one('table', { t: new ListColumn(['b', 'a']), p: new DictColumn({ z: '1', a: null, m: { n: 'o' } }) }),
  ).toMatch(/a, b .*a=, m\.n='o', z='1'/s);
});

test('value prints what Python would', () => {
  expect(one('value', { a: true, b: null, c: new ListColumn(['x']) })).toBe("True\nNone\n['x']\n");
  expect(print('value', ['A', 'B'], [['x', 1]])).toBe('x 1\n');
});

test('shell makes names that a shell takes, and escapes quotes', () => {
  expect(one('shell', { 'a-b c:d': 'say "hi"', n: 1 }, ['--prefix', 'p_'])).toBe(
    'p_a_b_c_d="say \\"hi\\""\np_n="1"\n',
  );
});

test('csv quotes everything but numbers, or as told', () => {
  const rows: Cell[][] = [['a"b', 1, null]];
  expect(print('csv', ['A', 'B', 'C'], rows)).toBe('"A","B","C"\n"a""b",1,""\n');
  expect(print('csv', ['A', 'B', 'C'], rows, ['--quote', 'minimal'])).toBe('A,B,C\n"a""b",1,\n');
});

test('YAML is PyYAML’s: sorted keys, quotes where a text would be something else', () => {
  expect(dump({ b: 'yes', a: '2026-11-22T09:00:00Z', c: [], d: { e: ['x', 'it’s'] } })).toBe(
    "a: '2026-11-22T09:00:00Z'\nb: 'yes'\nc: []\nd:\n  e:\n  - x\n  - \"it\\u2019s\"\n",
  );
  expect(dump([{ k: 'a: b', l: 'x\ny' }])).toBe("- k: 'a: b'\n  l: 'x\n\n    y'\n");
  expect(dump({ long: `${'word '.repeat(20)}end` })).toMatch(/^long: (word ){15}word\n {2}word/);
});

test('sizes are in powers of 1000', () => {
  expect([0, 999, 1000, 196616, 1e9].map(formatSize)).toEqual(['0', '999', '1K', '196.6K', '1G']);
});
