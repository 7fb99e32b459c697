/** Commands that are alike for every kind of thing: openstackclient/network/common.py. */
import { HttpException, ResourceNotFound } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { arg, flag } from '../compute/options';
import type { Fields, Formatters } from '../compute/sdk';
import { failedToDelete, forEachOf } from '../identity/common';
import { extraProperties, extraProperty, tagsForUnset, updateTags } from './options';
import { find, list, network, rows, show, update, type Shape } from './sdk';

/** Where the client's classes are. */
export const upstream = (file: string, name: string): string => `openstackclient.network.v2.${file}.${name}`;

interface Words {
  /** Such as `subnet pool`. */
  thing: string;
  /** The class, such as `openstackclient.network.v2.subnet_pool.DeleteSubnetPool`. */
  upstream: string;
  /** What the argument is called in the parser; the words with `_` unless given. */
  dest?: string;
}

const argument = ({ thing, dest }: Words, help: string, more: Partial<ArgumentSpec> = {}): ArgumentSpec =>
  arg(dest ?? thing.replaceAll(' ', '_'), help, more);

/** `NetworkAndComputeShowOne`: a refusal is told in other words. */
export async function toldBriefly<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof HttpException)
      throw new CommandError(
        `Error while executing command: ${error.name}: ${error.status}, ${error.details}`,
      );
    if (error instanceof ResourceNotFound)
      throw new CommandError(`Error while executing command: ${error.message}`);
    throw error;
  }
}

/**
 * A command that deletes things, one after the other.
 *
 * @param told the words of its errors; those of `thing` unless given. @param by how things are named.
 */
export function deleteCommand(
  shape: Shape,
  words: Words,
  { told = failedToDelete(words.thing, `${words.thing}s`), by = 'name or ID' } = {},
): PlainCommand {
  return {
    name: `${words.thing} delete`,
    upstream: words.upstream,
    kind: 'command',
    description: `Delete ${words.thing}s`,
    arguments: [argument(words, `What to delete (${by})`, { nargs: '+' })],
    run: (app, args) =>
      forEachOf(
        app,
        args.list(words.dest ?? words.thing.replaceAll(' ', '_')),
        async (name) => {
          const { id } = await find(app, shape, name);
          try {
            await network(app).remove(shape.kind, id);
          } catch (error) {
            // the SDK does not mind when it has gone meanwhile
            if (!(error instanceof HttpException) || error.status !== 404) throw error;
          }
        },
        told,
      ),
  };
}

/** A command that shows one thing. @param brief whether refusals are {@link toldBriefly}. */
export function showCommand(
  shape: Shape,
  words: Words,
  {
    brief = false,
    by = 'name or ID',
    formatters,
  }: { brief?: boolean; by?: string; formatters?: Formatters } = {},
): ShowOneCommand {
  return {
    name: `${words.thing} show`,
    upstream: words.upstream,
    kind: 'show',
    description: `Show everything about a ${words.thing}`,
    arguments: [argument(words, `What to show (${by})`)],
    run(app, args) {
      const name = args.string(words.dest ?? words.thing.replaceAll(' ', '_')) ?? '';
      const act = async () => show(shape, await find(app, shape, name), formatters);
      return brief ? toldBriefly(act) : act();
    },
  };
}

/** A column of a list: what stands over it, and the SDK's name of the field. */
export type Column = readonly [header: string, field: string];

/** A command that lists things. */
export function listCommand(
  shape: Shape,
  words: Words & { description?: string },
  options: readonly ArgumentSpec[],
  columns: readonly Column[],
  {
    long,
    filters,
    formatters = shape.formatters,
  }: {
    /** Columns that come with `--long`. */
    long?: readonly Column[];
    filters: (app: App, args: ParsedArgs) => Promise<Fields> | Fields;
    formatters?: Formatters | undefined;
  },
): ListerCommand {
  return {
    name: `${words.thing} list`,
    upstream: words.upstream,
    kind: 'lister',
    description: words.description ?? `List ${words.thing}s`,
    arguments: options,
    async run(app, args) {
      const shown = args.flag('long') && long ? [...columns, ...long] : columns;
      const things = await list(app, shape, await filters(app, args));
      return table(shape, things, shown, formatters);
    },
  };
}

/** Things as rows. */
export function table(
  shape: Shape,
  things: readonly Fields[],
  columns: readonly Column[],
  formatters = shape.formatters,
): { columns: string[]; rows: Cell[][] } {
  const fields = columns.map(([, field]) => field);
  return { columns: columns.map(([header]) => header), rows: rows(shape, things, fields, formatters) };
}

/**
 * A command that changes one thing.
 *
 * @param options after the name of the thing, unless it stands among them.
 * @param changes what it asks for, by the API's names. @param extra whether it takes `--extra-property`,
 * and `typed` whether its value counts.
 */
export function setCommand(
  shape: Shape,
  words: Words,
  options: readonly ArgumentSpec[],
  changes: (app: App, args: ParsedArgs, before: Fields) => Promise<Fields> | Fields,
  {
    verb = 'set',
    tags = true,
    extra = true,
    typed = verb === 'set',
  }: { verb?: 'set' | 'unset'; tags?: boolean; extra?: boolean; typed?: boolean } = {},
): PlainCommand {
  const dest = words.dest ?? words.thing.replaceAll(' ', '_');
  const named = options.some(({ names: [name] }) => name === dest);
  return {
    name: `${words.thing} ${verb}`,
    upstream: words.upstream,
    kind: 'command',
    description: `${verb === 'set' ? 'Change' : 'Take something away from'} a ${words.thing}`,
    arguments: [
      ...(extra ? [extraProperty] : []),
      ...(named ? [] : [argument(words, 'What to change (name or ID)')]),
      ...options,
    ],
    async run(app, args) {
      const before = await find(app, shape, args.string(dest) ?? '');
      const wanted = {
        ...(await changes(app, args, before)),
        ...(extra ? extraProperties(args, !typed) : {}),
      };
      const after = await update(app, shape, before, wanted);
      if (tags) await updateTags(app, shape, after, args, verb === 'unset');
    },
  };
}

/** A command whose only business is taking tags away. */
export function unsetTagsCommand(shape: Shape, words: Words): PlainCommand {
  return setCommand(shape, words, tagsForUnset(words.thing), () => ({}), { verb: 'unset', extra: false });
}

/** `--long`. */
export const long = flag('long', 'More columns');
