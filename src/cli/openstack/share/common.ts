/** What the commands of manilaclient share: manilaclient/osc/utils.py and osc_lib. */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { message } from '../../messages';
import { repr, str, type Value } from '../../python';
import type { App } from '../app';
import type { Info } from './manila';

/** `key=value`, collected. */
export function properties(help: string, name = '--property'): ArgumentSpec {
  return { names: [name], metavar: '<key=value>', action: 'key_value', help };
}

/** `--properties key=value key=value`. */
export function words(name: string, help: string): ArgumentSpec {
  return { names: [name], nargs: '*', metavar: '<key=value>', help };
}

/** Keys of properties to take away. */
export function keys(help: string): ArgumentSpec {
  return { names: ['--property'], metavar: '<key>', action: 'append', help };
}

export const flag = (name: string, help: string): ArgumentSpec => ({
  names: [name],
  action: 'store_true',
  default: false,
  help,
});
export const option = (name: string, help: string, metavar?: string): ArgumentSpec => ({
  names: [name],
  metavar: metavar ?? `<${name.replace(/^-+/, '')}>`,
  help,
});
export const positional = (name: string, metavar: string, help: string): ArgumentSpec => ({
  names: [name],
  metavar,
  help,
});
export const several = (name: string, metavar: string, help: string): ArgumentSpec => ({
  ...positional(name, metavar, help),
  nargs: '+',
});

/** The pairs of `--property`. */
export function pairsOf(args: ParsedArgs, dest = 'property'): Record<string, string> {
  return Object.fromEntries(args.pairs(dest));
}

/** An option's text, or null, as it goes into a body. */
export function textOrNull(args: ParsedArgs, dest: string): string | null {
  return args.string(dest) ?? null;
}

/** `extract_properties`. @throws {@link CommandError} */
export function extractProperties(items: readonly string[]): Record<string, string> {
  const found = new Map<string, string>();
  for (const item of items) {
    const [, key, value] = /^([^=]*)=(.*)$/s.exec(item) ?? [];
    if (key === undefined || value === undefined)
      throw new CommandError(`Parsing error, expected format 'key=value' for ${item}`);
    if (found.has(key)) throw new CommandError(`Argument '${key}' is specified twice.`);
    found.set(key, value);
  }
  return Object.fromEntries(found);
}

/** `format_properties`: one a line. */
export function formatProperties(fields: Readonly<Record<string, Value>>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key} : ${str(value)}`)
    .join('\n');
}

/** `convert_dict_list_to_string`: one field a line, and a line before the first. */
export function dictListText(list: readonly Info[], ignored: readonly string[] = []): string {
  return list
    .flatMap((one) => Object.entries(one))
    .filter(([key]) => !ignored.includes(key))
    .map(([key, value]) => `\n${key} = ${str(value)}`)
    .join('');
}

/** `dict2columns`, without some of the fields. */
export function fields(
  info: Readonly<Record<string, Cell>>,
  without: readonly string[] = ['links'],
): { columns: string[]; values: Cell[] } {
  const entries = Object.entries(info).filter(([key]) => !without.includes(key));
  return { columns: entries.map(([key]) => key), values: entries.map(([, value]) => value) };
}

/** `get_item_properties`: the fields that columns are named after; empty where there is none. */
export function row(info: Readonly<Record<string, Cell>>, columns: readonly string[]): Cell[] {
  return columns.map((column) => {
    const field = column.toLowerCase().replaceAll(' ', '_');
    return Object.hasOwn(info, field) ? (info[field] ?? null) : '';
  });
}

/** Things as rows. */
export function rows(infos: readonly Info[], columns: readonly string[]) {
  return { columns, rows: infos.map((info) => row(info, columns)), inList: true };
}

/** `repr()` of a Resource. */
export function object(kind: string, info: Info): string {
  return `<${kind}: ${str(info.id)}>`;
}

/** Does the same with each of several, tells what fails, and fails in the end if anything did. */
export async function forEachOf(
  app: App,
  names: readonly string[],
  act: (name: string) => Promise<boolean | void>,
  said: { failed: (name: string, why: string) => string; total: (failed: number, all: number) => string },
): Promise<void> {
  let failed = 0;
  for (const name of names) {
    try {
      if ((await act(name)) === false) failed++;
    } catch (error) {
      failed++;
      app.log('error', said.failed(name, message(error)));
    }
  }
  if (failed > 0) throw new CommandError(said.total(failed, names.length));
}

/** Several changes of one thing: what fails does not stop the rest. */
export function attempts(app: App, verb: 'set' | 'unset') {
  let failed = false;
  return {
    async attempt(failure: (why: string) => string, act: () => Promise<unknown>): Promise<void> {
      try {
        await act();
      } catch (error) {
        failed = true;
        app.log('error', failure(message(error)));
      }
    },
    /** @throws {@link CommandError} when anything failed. */
    end(): void {
      if (failed) throw new CommandError(`One or more of the ${verb} operations failed`);
    },
  };
}

/** Turns whatever goes wrong into one error of the command's. */
export async function orFail<T>(failure: (why: string) => string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new CommandError(failure(message(error)));
  }
}

/** `strutils.bool_from_string`; undefined for what is neither. */
export function boolFromString(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (['1', 't', 'true', 'on', 'y', 'yes'].includes(word)) return true;
  return ['0', 'f', 'false', 'off', 'n', 'no'].includes(word) ? false : undefined;
}

export const dictText = (value: Readonly<Record<string, string>>): string => repr(value);
