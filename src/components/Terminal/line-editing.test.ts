import { expect, test } from 'vitest';
import { commonStart, splitPasted } from './line-editing';

const openQuote = (text: string) => (text.split("'").length - 1) % 2 === 1;

test('candidates complete as far as they agree', () => {
  expect(commonStart(['--disk-format ', '--disk-id '])).toBe('--disk-');
  expect(commonStart(['cirros '])).toBe('cirros ');
  expect(commonStart(['a', 'b'])).toBe('');
  expect(commonStart([])).toBe('');
});

test('each pasted line is a command, and what follows the last line break stays to be finished', () => {
  expect(splitPasted('one\ntwo\nthr', () => false)).toEqual({ commands: ['one', 'two'], rest: 'thr' });
});

test('pasted lines of one command stay together', () => {
  expect(splitPasted("echo 'a\nb'\nls\n", openQuote)).toEqual({ commands: ["echo 'a\nb'", 'ls'], rest: '' });
});

test('a pasted command that is not complete is left to the reader', () => {
  expect(splitPasted("ls\necho 'a\nb", openQuote)).toEqual({ commands: ['ls'], rest: "echo 'a\nb" });
});

test('empty pasted lines and line ends of Windows are no commands', () => {
  expect(splitPasted('ls\r\n\r\npwd\r\n', () => false)).toEqual({ commands: ['ls', 'pwd'], rest: '' });
});
