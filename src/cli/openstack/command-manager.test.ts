import { expect, test } from 'vitest';
import { damerauLevenshtein, findCommand, fuzzyMatches } from './command-manager';

const names = ['image list', 'image show', 'image task list', 'server image create', 'usage list'];

test('the longest run of words that is a command wins', () => {
  expect(findCommand(['image', 'task', 'list', 'x', '--y'], names)).toEqual({
    name: 'image task list',
    typed: 'image task list',
    rest: ['x', '--y'],
  });
});

test('each word may be cut short as long as one command is left', () => {
  expect(findCommand(['im', 'li'], names)?.name).toBe('image list');
  expect(findCommand(['i', 's', 'x'], names)).toEqual({ name: 'image show', typed: 'i s', rest: ['x'] });
  expect(findCommand(['image'], names)).toBeUndefined();
});

test('an option ends the command', () => {
  expect(findCommand(['image', '--x', 'list'], names)).toBeUndefined();
});

test('commands that begin with the word come first, then the nearest', () => {
  expect(fuzzyMatches('image', names)).toEqual(['image list', 'image show', 'image task list', 'usage list']);
  expect(fuzzyMatches('imgae', names)).toEqual(['image list', 'image show', 'image task list']);
});

test('a swap of two letters costs nothing, a letter too many costs most', () => {
  expect(damerauLevenshtein('lsit', 'list')).toBe(0);
  expect(damerauLevenshtein('lst', 'list')).toBe(1);
  expect(damerauLevenshtein('lust', 'list')).toBe(2);
  expect(damerauLevenshtein('listt', 'list')).toBe(3);
  expect(damerauLevenshtein('', 'ab')).toBe(2);
});
