/** Checking an image against Glance's own schema before it is sent: warlock and jsonschema, as far as that schema goes. */
import { CommandError } from '../errors';
import { compareStrings, isList, repr, type Value } from '../python';
import { object } from './http';

type Json = Record<string, unknown>;

/** The schema of images as Glance sends it. */
export class ImageSchema {
  readonly #properties: Json;

  constructor(raw: Json) {
    this.#properties = object(raw.properties);
  }

  /** Whether the schema knows the field. */
  has(name: string): boolean {
    return name in this.#properties;
  }

  /** Whether it is one of Glance's own, not one an administrator added to schema-image.json. */
  isBase(name: string): boolean {
    return this.has(name) && object(this.#properties[name]).is_base !== false;
  }

  /** @throws {@link CommandError} in the words of warlock when the schema does not allow the value. */
  check(name: string, value: Value): void {
    const own = this.has(name);
    const schema = own ? object(this.#properties[name]) : { type: 'string' };
    const path = own ? `['properties'][${repr(name)}]` : "['additionalProperties']";
    const failure = validate(schema, value, path, `[${repr(name)}]`);
    if (failure === undefined) return;
    throw new CommandError(`Unable to set '${name}' to ${repr(value)}. Reason: ${failure}`);
  }
}

function validate(schema: Json, value: Value, schemaPath: string, instancePath: string): string | undefined {
  for (const keyword of Object.keys(schema)) {
    const reason = failure(keyword, schema[keyword], value);
    if (reason !== undefined) {
      return [
        reason,
        '',
        `Failed validating '${keyword}' in schema${schemaPath}:`,
        indent(pformat(schema as Value)), // came as JSON
        '',
        `On instance${instancePath}:`,
        indent(pformat(value)),
      ].join('\n');
    }
    if (keyword === 'items' && value !== null && isListValue(value)) {
      for (const [index, item] of value.entries()) {
        const inner = validate(
          object(schema.items),
          item,
          `${schemaPath}['items']`,
          `${instancePath}[${index}]`,
        );
        if (inner !== undefined) return inner;
      }
    }
  }
  return undefined;
}

function failure(keyword: string, limit: unknown, value: Value): string | undefined {
  switch (keyword) {
    case 'type': {
      const types = (Array.isArray(limit) ? limit : [limit]).map(String);
      return types.some((type) => isType(type, value))
        ? undefined
        : `${repr(value)} is not of type ${types.map((type) => repr(type)).join(', ')}`;
    }
    case 'enum':
      return Array.isArray(limit) && !limit.includes(value)
        ? `${repr(value)} is not one of ${repr(limit as Value)}`
        : undefined; // came as JSON
    case 'maxLength':
      return typeof value === 'string' && [...value].length > Number(limit)
        ? `${repr(value)} is too long`
        : undefined;
    case 'pattern':
      return typeof value === 'string' && !new RegExp(String(limit), 'u').test(value)
        ? `${repr(value)} does not match ${repr(String(limit))}`
        : undefined;
    default:
      return undefined;
  }
}

function isType(type: string, value: Value): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return isListValue(value);
    default:
      return typeof value === type;
  }
}

function isListValue(value: Value): value is readonly Value[] {
  return value !== null && typeof value === 'object' && isList(value);
}

const WIDTH = 72;

/** pprint.pformat(value, width=72): on one line if it fits, else an item a line; keys sorted, long texts cut at blanks. */
function pformat(value: Value, column = 0, closing = 1): string {
  const flat = repr(value);
  if (column + flat.length + closing <= WIDTH || value === null || typeof value !== 'object') {
    return typeof value === 'string' && column + flat.length + closing > WIDTH
      ? wrapped(value, column)
      : sorted(value, flat);
  }
  const pad = ' '.repeat(column + 1);
  if (isList(value)) return `[${value.map((item) => pformat(item, column + 1)).join(`,\n${pad}`)}]`;
  const keys = Object.keys(value).sort(compareStrings);
  const items = keys.map(
    (key) =>
      `${repr(key)}: ${pformat((value as Record<string, Value>)[key] ?? null, column + repr(key).length + 3)}`,
  );
  return `{${items.join(`,\n${pad}`)}}`;
}

function sorted(value: Value, flat: string): string {
  if (value === null || typeof value !== 'object' || isList(value)) return flat;
  return repr(Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareStrings(a, b))));
}

function wrapped(text: string, column: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/\S*\s*/g) ?? []) {
    if (word === '') continue;
    if (line !== '' && repr(line + word).length > WIDTH - column - 1) {
      lines.push(line);
      line = '';
    }
    line += word;
  }
  lines.push(line);
  return lines.length === 1 ? repr(text) : lines.map((one) => repr(one)).join(`\n${' '.repeat(column)}`);
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
