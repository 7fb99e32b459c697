import { Document, visit } from 'yaml';
import type { Value } from '../python';
import { machine } from './columns';
import { toObject } from './json';
import type { Formatter } from './base';

/** `-f yaml`. cliff/formatters/yaml_format.py on PyYAML's safe_dump */
export const yaml: Formatter = {
  name: 'yaml',
  emitList: (columns, rows) => dump(rows.map((row) => toObject(columns, row))),
  emitOne: (columns, values) => columns.map((name, index) => dump({ [name]: machine(values[index] ?? null) })).join(''),
};

/** `yaml.safe_dump(data, default_flow_style=False)`: keys sorted, lines folded at 80 characters. */
export function dump(data: Value): string {
  const document = new Document(data, { version: '1.1', sortMapEntries: true });
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && needsQuotes(node.value)) node.type = 'QUOTE_SINGLE';
    },
  });
  return document.toString({ lineWidth: 80, singleQuote: true, indentSeq: false, nullStr: 'null' });
}

function needsQuotes(_text: string): boolean {
  return false;
}
