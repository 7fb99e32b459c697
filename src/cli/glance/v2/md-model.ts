/** What the models of glanceclient/v2/metadefs.py do: check what goes out and comes in against Glance's own schemas. */
import { validationError } from '../../../python/jsonschema';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { repr, type Value } from '../../python';
import { updated } from '../../python-dict';
import { JSONDecodeError, loads } from '../../python-json';
import type { Glance } from '../command';
import { object } from '../http';

/** A record as Glance sends it. */
export type Fields = Record<string, Value>;
export type ModelName = 'namespace' | 'resource_type' | 'property' | 'object' | 'tag';

/** Records of one kind, made by its schema: warlock/model.py. */
export class Model {
  readonly #schema: Record<string, unknown>;

  constructor(schema: Record<string, unknown>) {
    this.#schema = schema;
  }

  /** A record, without `self`. @throws {@link CommandError} in the words of jsonschema. */
  make(fields: Readonly<Record<string, unknown>>): Fields {
    const failure = validationError(fields, this.#schema, 'first');
    if (failure !== undefined) throw new CommandError(failure);
    return fields as Fields; // came as JSON, or was typed as text
  }

  /** The record with other values for some fields, checked one by one. */
  change(record: Fields, changes: Readonly<Record<string, unknown>>): Fields {
    let changed = record;
    for (const [name, value] of Object.entries(changes as Fields)) {
      changed = { ...changed, [name]: value };
      const failure = validationError(changed, this.#schema, 'first');
      if (failure !== undefined)
        throw new CommandError(`Unable to set '${name}' to ${repr(value)}. Reason: ${failure}`);
    }
    return changed;
  }

  /** The values of those options that the schema knows. */
  fieldsOf(args: ParsedArgs): Fields {
    const properties = object(this.#schema.properties);
    return Object.fromEntries(
      args.specs
        .map(({ names: [name] }) => name.replace(/^--/, '').replaceAll('-', '_'))
        .filter((name) => name in properties)
        .map((name): [string, Value] => [name, args.get(name) as Value]) // what the options' converters give
        .filter(([, value]) => value !== undefined && value !== null),
    );
  }
}

/** The model of a kind; its schema is fetched once. */
export async function model({ client }: Glance, name: ModelName): Promise<Model> {
  return new Model(await client.model(`metadefs/${name}`));
}

/** The schema of a kind, fetched beside the model's as the real client does. */
export async function schemaOf({ client }: Glance, name: ModelName): Promise<Model> {
  return new Model(await client.get(`/v2/schemas/metadefs/${name}`));
}

/** One record from Glance. */
export async function fetchRecord(glance: Glance, name: ModelName, path: string): Promise<Fields> {
  return received(glance, name, await glance.client.get(path));
}

/** Sends a record; what comes back. */
export async function send(
  glance: Glance,
  method: 'POST' | 'PUT',
  path: string,
  body: Value,
): Promise<Record<string, unknown>> {
  const response = await glance.client.request(method, path, {
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
  return object(await response.json());
}

/** The record in a body. */
export async function received(
  glance: Glance,
  name: ModelName,
  { self: _, ...body }: Record<string, unknown>,
): Promise<Fields> {
  return (await model(glance, name)).make(body);
}

/** The records of a list, each checked. */
export async function receivedAll(glance: Glance, name: ModelName, list: unknown): Promise<Fields[]> {
  const records: Fields[] = [];
  for (const one of Array.isArray(list) ? list : [])
    records.push((await model(glance, name)).make(object(one)));
  return records;
}

/** Takes away what Glance refuses to be sent. */
export function writable({ schema: _, updated_at: __, created_at: ___, ...record }: Fields): Fields {
  return record;
}

/** The fields, and over them what the option `--schema` says. */
export function withSchema(fields: Fields, schema: string | undefined): Fields {
  let more: unknown;
  try {
    more = loads(schema ?? '');
  } catch (error) {
    if (error instanceof JSONDecodeError) throw new CommandError('Schema is not a valid JSON object.');
    throw error;
  }
  return updated(fields, more) as Fields; // came as JSON
}
