/** How the metadef subcommands print: `_namespace_show`, `_object_show` and what they share. */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { repr } from '../../python';
import { object } from '../http';
import { printDict } from '../print';
import type { Fields } from './md-model';

export const ROOT = '/v2/metadefs/namespaces';

export const namespace: ArgumentSpec = {
  names: ['namespace'],
  metavar: '<NAMESPACE>',
  help: 'Name of the namespace',
};
export const maxColumnWidth: ArgumentSpec = {
  names: ['--max-column-width'],
  metavar: '<integer>',
  default: 80,
  help: 'Characters a column may have',
};
export const schemaOption: ArgumentSpec = {
  names: ['--schema'],
  metavar: '<SCHEMA>',
  help: 'The rest of its definition, as JSON',
};

/** The path of something in the namespace that the arguments name. */
export function pathOf(args: ParsedArgs, ...parts: string[]): string {
  return [ROOT, args.string('namespace') ?? '', ...parts].join('/');
}

/** A namespace; of its contents only the names. */
export function showNamespace(record: Fields, width?: number): string {
  const shown = { ...record };
  if ('properties' in shown) shown.properties = Object.keys(object(shown.properties));
  for (const key of ['resource_type_associations', 'objects', 'tags']) {
    const list = shown[key];
    if (Array.isArray(list)) shown[key] = list.map((one) => String(object(one).name));
  }
  return printDict(shown, width);
}

/** An object; of its properties only the names. */
export function showObject(record: Fields, width?: number): string {
  return printDict(
    'properties' in record ? { ...record, properties: Object.keys(object(record.properties)) } : record,
    width,
  );
}

/** The width that `--max-column-width` asks for; looked at only when the table is printed, so errors are Python's. */
export function columnWidth(args: ParsedArgs): number {
  const given = args.string('max_column_width');
  if (given === undefined) return 80;
  if (!/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(given))
    throw new CommandError(`invalid literal for int() with base 10: ${repr(given)}`);
  return Number(given.replaceAll('_', ''));
}

/** The same where 0 means the usual width. */
export function columnWidthOrUsual(args: ParsedArgs): number | undefined {
  return columnWidth(args) || undefined;
}
