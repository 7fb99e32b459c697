import { defineCommand } from 'just-bash';
import type { Command } from 'just-bash';

type Step = (date: Date, count: number) => number;

/** How far a date moves; as in coreutils a month is a calendar's, and 31 January and one month is 3 March. */
const UNITS: Readonly<Record<string, Step>> = {
  sec: (date, count) => date.setTime(date.getTime() + count * 1000),
  min: (date, count) => date.setTime(date.getTime() + count * 60_000),
  hour: (date, count) => date.setTime(date.getTime() + count * 3_600_000),
  day: (date, count) => date.setUTCDate(date.getUTCDate() + count),
  week: (date, count) => date.setUTCDate(date.getUTCDate() + count * 7),
  fortnight: (date, count) => date.setUTCDate(date.getUTCDate() + count * 14),
  month: (date, count) => date.setUTCMonth(date.getUTCMonth() + count),
  year: (date, count) => date.setUTCFullYear(date.getUTCFullYear() + count),
};

const WORDS: Readonly<Record<string, string>> = {
  now: '',
  today: '',
  yesterday: '-1 day',
  tomorrow: '+1 day',
  next: '+1',
  last: '-1',
  this: '+0',
  second: 'sec',
  minute: 'min',
};

const RELATIVE = new RegExp(
  `(?:(?<![\\d-])([+-]?\\s*\\d+)\\s*|([+-])\\s*)?(?<![a-z])(${Object.keys(UNITS).join('|')})s?\\b(\\s+ago\\b)?`,
  'g',
);

/**
 * What `date -d` takes beside a date, after or without one: `+30 days`, `2 hours ago`, `tomorrow`, `next week`,
 * `2026-12-01 + 3 days`. Modelled on gnulib's `parse_datetime`, without names of days and of time zones.
 *
 * @returns ISO 8601; undefined if nothing in it is relative, or what stands beside is no date.
 */
export function relativeDate(text: string, now: Date): string | undefined {
  const plain = text
    .toLowerCase()
    .replace(/\b(now|today|yesterday|tomorrow|next|last|this|second|minute)(s?)\b/g, (word, name, plural) => {
      const meaning = WORDS[name];
      return meaning === undefined ? word : meaning + (meaning === '' ? '' : plural);
    });
  const moves = [...plain.matchAll(RELATIVE)];
  const rest = plain.replaceAll(RELATIVE, ' ').trim();
  if (rest !== '' && (moves.length === 0 || rest.startsWith('@'))) return undefined;
  // to coreutils, a number with a sign behind a time is a time zone
  if (/:\d\d$/.test(rest) && moves[0]?.[0].match(/^\s*[+-]/)) return undefined;
  const date = rest === '' ? new Date(now) : absolute(rest);
  for (const [, count = '1', sign = '+', unit = '', ago] of moves) {
    const number = Number(count.replaceAll(/\s/g, '')) * (sign === '-' ? -1 : 1);
    UNITS[unit]?.(date, ago ? -number : number);
  }
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Without a zone it is UTC, the sandbox's. */
function absolute(text: string): Date {
  const zoned = /z$|[+-]\d\d:?\d\d$/.test(text);
  return new Date((zoned || !text.includes(':') ? text : `${text.replace(' ', 't')}z`).toUpperCase());
}

/** `date` tells the sandbox's time unless it is asked for another one; just-bash's knows no relative dates. */
export function dateCommand(now: () => Date): Command {
  return defineCommand('date', async (args, context) => {
    if (!context.origCommand) return { stdout: '', stderr: 'date: not available\n', exitCode: 1 };
    // `-ud TEXT` and `-dTEXT` are two words for it
    const words = args.flatMap((arg) => {
      const [, letters = '', text = ''] = /^-([uR]*)d(.*)$/s.exec(arg) ?? [];
      if (!/^-[uR]*d/.test(arg)) return [arg];
      return [...(letters === '' ? [] : [`-${letters}`]), '-d', ...(text === '' ? [] : [text])];
    });
    const index = words.findIndex((word) => word === '-d' || word.startsWith('--date'));
    if (index < 0)
      return context.origCommand(
        words.some((word) => /^(-r|--reference|--help)/.test(word))
          ? words
          : ['-d', now().toISOString(), ...words],
      );
    const [option, value] = (words[index] ?? '').split(/=(.*)/s);
    const text = value ?? words[index + 1];
    if (text === undefined || option === undefined) return context.origCommand(words);
    words.splice(index, value === undefined ? 2 : 1, '-d', relativeDate(text, now()) ?? text);
    return context.origCommand(words);
  });
}
