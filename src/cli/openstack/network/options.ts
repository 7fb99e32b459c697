/** Options that commands of the Network service share, and what they are to the API. */
import { ArgumentTypeError } from 'argparse';
import { int, type ArgumentSpec, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { JSONDecodeError, loads } from '../../python-json';
import { updated } from '../../python-dict';
import { compareStrings, repr, type Value } from '../../python';
import type { App } from '../app';
import { flag, opt, projectDomain } from '../compute/options';
import type { Fields } from '../compute/sdk';
import { keyValues } from '../compute/server-nics';
import { findProject } from '../identity/common';
import { network, type Shape, type Wire } from './sdk';

/**
 * What an option is to the API: the name of the attribute that takes its value, with `?` after it if an empty value
 * does not count; or, for a flag, the attribute and its value.
 */
type Rule = string | readonly [attribute: string, value: Value];

/** The attributes that options ask for, later ones over earlier ones. */
export function attributes(args: ParsedArgs, rules: Readonly<Record<string, Rule>>): Fields {
  const found: Fields = {};
  for (const [dest, rule] of Object.entries(rules)) {
    const value = args.get(dest) as Value | undefined; // what the option's type makes of it
    if (value === undefined || value === null) continue;
    if (typeof rule !== 'string') {
      if (value) found[rule[0]] = rule[1];
    } else if (!rule.endsWith('?')) found[rule] = value;
    else if (value) found[rule.slice(0, -1)] = value;
  }
  return found;
}

/** `key=value,key=value`, collected. */
export function keyed(
  name: string,
  help: string,
  metavar: string,
  required: readonly string[],
  optional: readonly string[],
  more: Partial<ArgumentSpec> = {},
): ArgumentSpec {
  return { names: [`--${name}`], metavar, help: `${help}; repeat it for several`, action: 'fold', fold: keyValues(required, optional), ...more };
} // prettier-ignore

/** What {@link keyed} collected; undefined when it was not given. */
export function pairsOf(args: ParsedArgs, dest: string): Record<string, string>[] | undefined {
  const value = args.get(dest);
  return Array.isArray(value) ? value.map((one: Record<string, string>) => ({ ...one })) : undefined;
}

/** `MultiKeyValueCommaAction`: what has no `=` belongs to the value before it. */
export function commaValues(required: readonly string[], optional: readonly string[]) {
  const check = keyValues(required, optional);
  return (before: unknown, word: string): unknown => {
    const pairs: Record<string, string> = {};
    let key = '';
    for (const part of word.split(',')) {
      const at = part.indexOf('=');
      if (at === 0) throw new ArgumentTypeError(`A key must be specified before '=': ${part}`);
      if (at > 0) {
        key = part.slice(0, at);
        pairs[key] = part.slice(at + 1);
      } else if (key in pairs) pairs[key] += `,${part}`;
      else throw new ArgumentTypeError(`A key=value pair is required: ${part}`);
    }
    // the keys are checked as those of the other action
    check([], Object.keys(pairs).map((name) => `${name}=`).join(',')); // prettier-ignore
    return [...(Array.isArray(before) ? (before as unknown[]) : []), pairs];
  };
}

/** `RangeAction`: `80` or `80:90`. */
export function range(_before: unknown, word: string): readonly [number, number] {
  const parts = word.split(':');
  const number = (text: string): number => {
    if (!/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text))
      throw new CommandError(`invalid literal for int() with base 10: ${repr(text)}`);
    return Number(text.trim().replaceAll('_', ''));
  };
  const [from = '', to = from] = parts;
  if (parts.length > 2) throw new ArgumentTypeError('Invalid range, too many values');
  if (number(from) > number(to)) throw new ArgumentTypeError(`Invalid range, ${from} is not less than ${to}`);
  return [number(from), number(to)];
}

/** `JSONKeyValueAction`: JSON, or `key=value`. */
export function jsonOrPair(before: unknown, word: string, option: string): Record<string, unknown> {
  const fields = (before ?? {}) as Record<string, unknown>; // only this action fills it
  let value: unknown;
  try {
    value = loads(word);
  } catch (error) {
    if (!(error instanceof JSONDecodeError)) throw error;
    const at = word.indexOf('=');
    if (at >= 0) return { ...fields, [word.slice(0, at)]: word.slice(at + 1) };
    throw new ArgumentTypeError(
      `Expected '<key>=<value>' or JSON data for option ${option}, but encountered JSON parsing error: ${error.message}`,
    );
  }
  return updated(fields, value);
}

/** `--ip-version`, 4 or 6. */
export function ipVersion(help: string, more: Partial<ArgumentSpec> = {}): ArgumentSpec {
  const fold = (_before: unknown, word: string): unknown => {
    const version = int(word);
    if (version !== 4 && version !== 6)
      throw new ArgumentTypeError(`invalid choice: ${repr(String(version))} (choose from 4, 6)`);
    return version;
  };
  return { names: ['--ip-version'], metavar: '{4,6}', help, action: 'fold', fold, ...more };
}

/** `--project` and `--project-domain`. */
export const projectOptions = (help: string): readonly ArgumentSpec[] => [
  opt('project', help),
  projectDomain,
];
export const owner = projectOptions('Project that it belongs to (name or ID)');

/** What `--project` is to the API, as an attribute or a filter. */
export async function projectOf(app: App, args: ParsedArgs, emptyCounts = true): Promise<Fields> {
  const project = args.string('project');
  if (project === undefined || (project === '' && !emptyCounts)) return {};
  return { project_id: await findProject(app, project, args.string('project_domain')) };
}

/** Two flags that exclude each other. */
export function either(
  yes: readonly [name: string, help: string, more?: Partial<ArgumentSpec>],
  no: readonly [name: string, help: string, more?: Partial<ArgumentSpec>],
): ArgumentSpec[] {
  const exclusive = yes[0];
  return [flag(yes[0], yes[1], { exclusive, ...yes[2] }), flag(no[0], no[1], { exclusive, ...no[2] })];
}

/** `--tag` of create commands, of set commands and of unset commands. */
export const tagsForCreate = (thing: string): ArgumentSpec[] => [
  tag(`Tag to give the ${thing}`, { exclusive: 'tag' }),
  flag('no-tag', `Give the ${thing} no tags`, { exclusive: 'tag' }),
];
export const tagsForSet = (thing: string): ArgumentSpec[] => [
  tag(`Tag to give the ${thing}`),
  flag('no-tag', `Take all tags of the ${thing} away, before --tag gives new ones`),
];
export const tagsForUnset = (thing: string): ArgumentSpec[] => [
  tag(`Tag to take from the ${thing}`, { exclusive: 'tag' }),
  flag('all-tag', `Take all tags of the ${thing} away`, { exclusive: 'tag' }),
];
const tag = (help: string, more: Partial<ArgumentSpec> = {}): ArgumentSpec =>
  opt('tag', `${help}; repeat it for several`, 'tag', { action: 'append', dest: 'tags', ...more });

/** Which things a list has, by their tags. */
export const tagFilters = (things: string): ArgumentSpec[] =>
  (
    [
      ['tags', `Only ${things} with all of these tags`],
      ['any-tags', `Only ${things} with any of these tags`],
      ['not-tags', `No ${things} with all of these tags`],
      ['not-any-tags', `No ${things} with any of these tags`],
    ] as const
  ).map(([name, help]) => opt(name, `${help}, separated by commas`, '', { metavar: '<tag>[,<tag>,...]' })); // prettier-ignore

/** What {@link tagFilters} asks for. */
export function tagFiltersOf(args: ParsedArgs): Fields {
  return attributes(args, {
    tags: 'tags?',
    any_tags: 'tags-any?',
    not_tags: 'not-tags?',
    not_any_tags: 'not-tags-any?',
  });
}

/** `update_tags_for_set`, and with `unset` `update_tags_for_unset`. Gives the thing with its new tags. */
export async function updateTags(
  app: App,
  { kind }: Shape,
  thing: Wire,
  args: ParsedArgs,
  unset = false,
): Promise<Wire> {
  const before = new Set((thing.tags ?? []) as string[]); // the API's contract
  const after = new Set(args.flag('no_tag') || args.flag('all_tag') ? [] : before);
  for (const one of args.list('tags'))
    if (unset) after.delete(one);
    else after.add(one);
  if (before.size === after.size && [...before].every((one) => after.has(one))) return thing;
  const tags = [...after].sort(compareStrings);
  await network(app).setTags(kind, thing.id, tags);
  return { ...thing, tags };
}

/** `--extra-property`: any attribute. */
export const extraProperty = keyed(
  'extra-property',
  'Any attribute, in the words of the API. Its type is str unless it is dict (key:value;key:value), list (a;b), bool or int',
  'type=<property_type>,name=<property_name>,value=<property_value>',
  ['name', 'value'],
  ['type'],
  { dest: 'extra_properties' },
);

const CONVERTERS: Readonly<Record<string, (text: string) => Value>> = {
  str: (text) => text,
  bool: (text) => text.toLowerCase() === 'true',
  list: (text) => (text === '' ? [] : text.split(';')),
  int: (text) => range(undefined, text)[0],
  dict(text) {
    const parts: string[] = [];
    for (const part of text === '' ? [] : text.split(';')) {
      if (part.includes(':')) parts.push(part);
      else if (parts.length === 0) throw new CommandError(`missing value for key '${part}'`);
      else parts.push(`${parts.pop() ?? ''};${part}`);
    }
    return Object.fromEntries(
      parts.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]),
    );
  },
};

/** What `--extra-property` asks for; commands that take away set each to null. */
export function extraProperties(args: ParsedArgs, unset = false): Fields {
  return Object.fromEntries(
    (pairsOf(args, 'extra_properties') ?? []).map(({ name = '', value = '', type = 'str' }) => {
      if (unset) return [name, null];
      const convert = CONVERTERS[type];
      if (convert === undefined) throw new CommandError(`Type ${type} of property ${name} is not supported`);
      return [name, convert(value)];
    }),
  );
}
