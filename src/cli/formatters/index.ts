import type { Formatter } from './base';
import { csv } from './csv';
import { json } from './json';
import { shell } from './shell';
import { table } from './table';
import { value } from './value';
import { yaml } from './yaml';

/** What `-f` offers for lists; sorted, as help shows them. */
export const listFormatters: readonly Formatter[] = [csv, json, table, value, yaml];

/** What `-f` offers for one object. */
export const showFormatters: readonly Formatter[] = [json, shell, table, value, yaml];

export type { Formatter, Terminal } from './base';
