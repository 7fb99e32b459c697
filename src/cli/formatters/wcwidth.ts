/** Width of text in terminal cells, as Python's wcwidth 0.2.13 counts it (Unicode 15.1). */

// East Asian Wide and Fullwidth, without characters of no width. Start and end in hexadecimal.
const WIDE = ranges(
  '1100-115f 231a-231b 2329-232a 23e9-23ec 23f0 23f3 25fd-25fe 2614-2615 2648-2653 267f 2693 26a1 26aa-26ab 26bd-26be ' +
    '26c4-26c5 26ce 26d4 26ea 26f2-26f3 26f5 26fa 26fd 2705 270a-270b 2728 274c 274e 2753-2755 2757 2795-2797 27b0 27bf ' +
    '2b1b-2b1c 2b50 2b55 2e80-2e99 2e9b-2ef3 2f00-2fd5 2ff0-3029 3030-303e 3041-3096 309b-30ff 3105-312f 3131-318e ' +
    '3190-31e3 31ef-321e 3220-3247 3250-4dbf 4e00-a48c a490-a4c6 a960-a97c ac00-d7a3 f900-faff fe10-fe19 fe30-fe52 ' +
    'fe54-fe66 fe68-fe6b ff01-ff60 ffe0-ffe6 16fe0-16fe3 17000-187f7 18800-18cd5 18d00-18d08 1aff0-1aff3 1aff5-1affb ' +
    '1affd-1affe 1b000-1b122 1b132 1b150-1b152 1b155 1b164-1b167 1b170-1b2fb 1f004 1f0cf 1f18e 1f191-1f19a 1f200-1f202 ' +
    '1f210-1f23b 1f240-1f248 1f250-1f251 1f260-1f265 1f300-1f320 1f32d-1f335 1f337-1f37c 1f37e-1f393 1f3a0-1f3ca ' +
    '1f3cf-1f3d3 1f3e0-1f3f0 1f3f4 1f3f8-1f3fa 1f400-1f43e 1f440 1f442-1f4fc 1f4ff-1f53d 1f54b-1f54e 1f550-1f567 1f57a ' +
    '1f595-1f596 1f5a4 1f5fb-1f64f 1f680-1f6c5 1f6cc 1f6d0-1f6d2 1f6d5-1f6d7 1f6dc-1f6df 1f6eb-1f6ec 1f6f4-1f6fc ' +
    '1f7e0-1f7eb 1f7f0 1f90c-1f93a 1f93c-1f945 1f947-1f9ff 1fa70-1fa7c 1fa80-1fa88 1fa90-1fabd 1fabf-1fac5 1face-1fadb ' +
    '1fae0-1fae8 1faf0-1faf8 20000-2fffd 30000-3fffd',
);

// Marks, format characters, line and paragraph separators, and the parts of Hangul syllables.
const ZERO = /[\p{Mn}\p{Me}\p{Mc}\p{Cf}\p{Zl}\p{Zp}\u1160-\u11ff\ud7b0-\ud7c6\ud7cb-\ud7fb]/u;
const JOINER = '\u200d';
const EMOJI_SELECTOR = '\ufe0f';

/** Cells that `text` takes, or -1 if it holds a control character. */
export function wcswidth(text: string): number {
  let width = 0;
  let last: string | undefined;
  const characters = [...text];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? '';
    if (character === JOINER) {
      i++; // neither the joiner nor what it joins counts
      continue;
    }
    if (character === EMOJI_SELECTOR && last !== undefined) {
      if (cells(last) === 1 && /\p{Emoji}/u.test(last) && !/\p{Regional_Indicator}/u.test(last)) width++;
      last = undefined;
      continue;
    }
    const cell = cells(character);
    if (cell < 0) return -1;
    if (cell > 0) last = character;
    width += cell;
  }
  return width;
}

function cells(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return 1;
  if (code === 0) return 0;
  if (code < 0xa0) return -1;
  if (ZERO.test(character)) return 0;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

function ranges(text: string): [number, number][] {
  return text.split(' ').map((range) => {
    const [from = '', to = from] = range.split('-');
    return [parseInt(from, 16), parseInt(to, 16)];
  });
}
