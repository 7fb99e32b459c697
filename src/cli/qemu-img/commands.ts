/** The commands of `qemu-img`: those that are here, and those that are not. */
import type { Command } from './command';
import { check } from './check';
import { compare } from './compare';
import { convert } from './convert';
import { create } from './create';
import { info } from './info';
import { resize } from './resize';
import { snapshot } from './snapshot';

export const COMMANDS: readonly Command[] = [check, compare, convert, create, info, resize, snapshot];

/** Commands of the real program that are not here, and what they do. */
export const NOT_HERE: Readonly<Record<string, string>> = {
  amend: 'Changes options of an image',
  bench: 'Measures how fast an image is read and written',
  bitmap: 'Changes the bitmaps of an image',
  commit: 'Writes an image into the one below it',
  dd: 'Copies an image in blocks',
  map: 'Tells where in its file each part of a disk lies',
  measure: 'Tells how large a new image would be',
  rebase: 'Gives an image another one below it',
};
