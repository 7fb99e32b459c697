import { expect, test } from 'vitest';
import { loads } from './python-json';

// What json.loads() of Python 3.13 says about each.
const CASES: readonly (readonly [text: string, error: string | null])[] = [
  ['', 'Expecting value: line 1 column 1 (char 0)'],
  ['{', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{"a"', "Expecting ':' delimiter: line 1 column 5 (char 4)"],
  ['{"a":', 'Expecting value: line 1 column 6 (char 5)'],
  ['{"a":1', "Expecting ',' delimiter: line 1 column 7 (char 6)"],
  ['{"a":1,', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
  ['{"a":1,}', 'Illegal trailing comma before end of object: line 1 column 7 (char 6)'],
  ['[1,', 'Expecting value: line 1 column 4 (char 3)'],
  ['[1,]', 'Illegal trailing comma before end of array: line 1 column 3 (char 2)'],
  ['[1 ,  ]', 'Illegal trailing comma before end of array: line 1 column 4 (char 3)'],
  ['[', 'Expecting value: line 1 column 2 (char 1)'],
  ['{a:1}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['"abc', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"a\\', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"a\\x"', 'Invalid \\escape: line 1 column 3 (char 2)'],
  ['"\\u12"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['"\\u123g"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['"a\nb"', 'Invalid control character at: line 1 column 3 (char 2)'],
  ['nul', 'Expecting value: line 1 column 1 (char 0)'],
  ['1 2', 'Extra data: line 1 column 3 (char 2)'],
  ['{"a":1}x', 'Extra data: line 1 column 8 (char 7)'],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ['-', 'Expecting value: line 1 column 1 (char 0)'],
  ['-a', 'Expecting value: line 1 column 1 (char 0)'],
  ['01', 'Extra data: line 1 column 2 (char 1)'],
  ['"\\u"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['"\\', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ['{"a":}', 'Expecting value: line 1 column 6 (char 5)'],
  ['{"a":1,b}', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
  ['\n\n {x', 'Expecting property name enclosed in double quotes: line 3 column 3 (char 4)'],
  ['{"a":1 "b":2}', "Expecting ',' delimiter: line 1 column 8 (char 7)"],
  ["{'a':1}", 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['[1,,2]', 'Expecting value: line 1 column 4 (char 3)'],
  ['{,}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['\u00e9 x', 'Expecting value: line 1 column 1 (char 0)'],
  ['"\\u12', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['{"a":1 , }', 'Illegal trailing comma before end of object: line 1 column 8 (char 7)'],
  ['\ufeff{}', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
  ['"ok\\n\\u00e9"', null],
  ['{"a":[1,2.5e3,true,null]}', null],
];

test.each(CASES)('%j is read, or refused in the words of Python', (text, error) => {
  const read = (): unknown => loads(text);
  if (error === null) expect(read()).toEqual(JSON.parse(text));
  else expect(read).toThrow(expect.objectContaining({ message: error }));
});

test('numbers that JSON does not have are read', () => {
  expect(loads('[NaN, Infinity, -Infinity]')).toEqual([NaN, Infinity, -Infinity]);
});
