/** Commands of barbicanclient/barbican_cli/v1/secrets.py that are about secrets. */
import type { Secret, SecretCreate } from '../../../client';
import { int, type ParsedArgs } from '../../arguments';
import { decodeUtf8 } from '../../decode-utf8';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { osError } from '../../os-error';
import { message } from '../../messages';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { barbican, checkRef, isoformat, option, page, typedTime, uri } from './barbican';

const upstream = 'barbicanclient.barbican_cli.v1.secrets';

const COLUMNS = [
  'Secret href', 'Name', 'Created', 'Status', 'Content types', 'Algorithm', 'Bit length', 'Secret type', 'Mode',
  'Expiration',
]; // prettier-ignore

function cells(ref: string, secret: Partial<Secret>, expiration: string | null): Cell[] {
  const { name, created, status, content_types, algorithm, bit_length, secret_type, mode } = secret;
  return [
    ref,
    name ?? null,
    isoformat(created),
    status ?? null,
    content_types === undefined ? null : { ...content_types },
    algorithm ?? null,
    bit_length ?? null,
    secret_type ?? 'opaque',
    mode ?? null,
    expiration,
  ];
}

const shown = (ref: string, secret: Secret): Cell[] => cells(ref, secret, isoformat(secret.expiration));

/** `openstack secret delete` */
export const deleteSecret: PlainCommand = {
  name: 'secret delete',
  upstream: `${upstream}.DeleteSecret`,
  kind: 'command',
  description: 'Delete a secret',
  arguments: [
    uri('URI of the secret'),
    option('force', 'f', 'Also one that has consumers', { action: 'store_true', default: false }),
  ],
  async run(app, args) {
    const ref = args.string('URI') ?? '';
    checkRef(ref, 'Secret');
    const client = barbican(app);
    const { consumers = [] } = await client.getSecret(ref);
    if (consumers.length > 0 && !args.flag('force'))
      throw new CommandError(
        'Secret has consumers! Remove them first or use the force parameter to delete it.',
      );
    await client.deleteSecret(ref);
  },
};

/** `openstack secret get` */
export const getSecret: ShowOneCommand = {
  name: 'secret get',
  upstream: `${upstream}.GetSecret`,
  kind: 'show',
  description: 'Show a secret, or what it holds',
  arguments: [
    uri('URI of the secret'),
    option('decrypt', 'd', 'What it holds', { action: 'store_true', exclusive: 'payload' }),
    option('payload', 'p', 'What it holds', { action: 'store_true', exclusive: 'payload' }),
    option('file', 'F', 'What it holds, into a new file of this name', { metavar: '<filename>', exclusive: 'payload' }),
    option('payload_content_type', 't', 'Content type of what it holds (default: text/plain)', { default: 'text/plain' }),
  ], // prettier-ignore
  async run(app, args) {
    const ref = args.string('URI') ?? '';
    const file = args.string('file');
    checkRef(ref, 'Secret');
    const client = barbican(app);
    if (!args.flag('decrypt') && !args.flag('payload') && !file)
      return { columns: COLUMNS, values: shown(ref, await client.getSecret(ref)) };
    const type = args.string('payload_content_type') ?? '';
    const data = await client.secretPayload(ref, type);
    if (file) {
      await save(app, file, data);
      return { columns: [], values: [], silent: true };
    }
    const bytes = new Uint8Array(await data.arrayBuffer());
    const value = type === 'text/plain' ? new TextDecoder().decode(bytes) : bytesRepr(bytes);
    return { columns: ['Payload'], values: [value] };
  },
};

/** `repr()` of Python's bytes. */
function bytesRepr(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  const escapes: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };
  const text = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (character === quote) return `\\${quote}`;
    const hex = `\\x${byte.toString(16).padStart(2, '0')}`;
    return escapes[byte] ?? (byte < 0x20 || byte > 0x7e ? hex : character);
  });
  return `b${quote}${text.join('')}${quote}`;
}

async function save(app: App, path: string, data: Blob): Promise<void> {
  const { files } = app.context;
  if ((await files.stat(path)) !== undefined) throw new CommandError('ERROR: file already exists.');
  try {
    await files.write(path, data);
  } catch (error) {
    throw new CommandError(message(osError(error, path)));
  }
}

/** `openstack secret update` */
export const updateSecret: PlainCommand = {
  name: 'secret update',
  upstream: `${upstream}.UpdateSecret`,
  kind: 'command',
  description: 'Give a secret what it holds, when it has nothing yet',
  arguments: [uri('URI of the secret'), { names: ['payload'], help: 'What it is to hold' }],
  async run(app, args) {
    const ref = args.string('URI') ?? '';
    await barbican(app).setSecretPayload(ref, args.string('payload') ?? '');
  },
};

/** `openstack secret list` */
export const listSecret: ListerCommand = {
  name: 'secret list',
  upstream: `${upstream}.ListSecret`,
  kind: 'lister',
  description: 'List secrets',
  arguments: [
    ...page,
    option('name', 'n', 'Secrets of this name'),
    option('algorithm', 'a', 'Secrets for this algorithm'),
    option('bit-length', 'b', 'Secrets of so many bits (default: 0)', { type: int, default: 0 }),
    option('mode', 'm', 'Secrets for this mode'),
    option('secret-type', 's', 'Secrets of this type'),
  ],
  async run(app, args) {
    const [name, alg, mode, secret_type] = ['name', 'algorithm', 'mode', 'secret_type'].map((one) =>
      args.string(one),
    );
    const bits = args.number('bit_length') ?? 0;
    const found = await barbican(app).secrets({
      limit: args.number('limit') ?? 10,
      offset: args.number('offset') ?? 0,
      ...(name && { name }),
      ...(alg && { alg }),
      ...(mode && { mode }),
      ...(bits > 0 && { bits }),
      ...(secret_type && { secret_type }),
    });
    return listed(
      COLUMNS,
      found.map((secret) => shown(secret.secret_ref, secret)),
    );
  },
};

/** `_list_objects`: without objects there are no columns either. */
export function listed(columns: readonly string[], rows: readonly (readonly Cell[])[]) {
  return rows.length === 0 ? { columns: [], rows, inList: true } : { columns, rows };
}

/** `openstack secret store` */
export const storeSecret: ShowOneCommand = {
  name: 'secret store',
  upstream: `${upstream}.StoreSecret`,
  kind: 'show',
  description: 'Store a secret',
  arguments: [
    option('name', 'n', 'Name for people'),
    option('secret-type', 's', 'symmetric, public, private, certificate, passphrase or opaque (default)', { default: 'opaque' }),
    option('payload-content-type', 't', 'What kind of data it holds, such as text/plain, which is UTF-8'),
    option('payload-content-encoding', 'e', 'base64, for data that are no text'),
    option('algorithm', 'a', 'Algorithm that it is for (default: aes)', { default: 'aes' }),
    option('bit-length', 'b', 'How many bits it has (default: 256)', { type: int, default: 256 }),
    option('mode', 'm', 'Mode of the algorithm, as a note (default: cbc)', { default: 'cbc' }),
    option('expiration', 'x', 'When it is over, in ISO 8601'),
    option('payload', 'p', 'What it holds', { exclusive: 'payload' }),
    option('file', 'F', 'File with what it holds', { metavar: '<filename>', exclusive: 'payload' }),
  ], // prettier-ignore
  async run(app, args) {
    const secret = await newSecret(app, args);
    const client = barbican(app);
    const ref = await client.createSecret(secret);
    // the client asks what the service knows as long as it has no name
    if (!secret.name) {
      const stored = await client.getSecret(ref);
      return { columns: COLUMNS, values: shown(ref, stored) };
    }
    const type = args.string('payload_content_type');
    const { name, algorithm, bit_length, secret_type, mode } = secret;
    const known: Partial<Secret> = {
      name,
      ...(algorithm !== undefined && { algorithm }),
      ...(bit_length !== undefined && { bit_length }),
      ...(secret_type !== undefined && { secret_type }),
      ...(mode !== undefined && { mode }),
      ...(type && { content_types: { default: type } }),
    };
    return { columns: COLUMNS, values: cells(ref, known, secret.expiration ?? null) };
  },
};

async function newSecret(app: App, args: ParsedArgs): Promise<SecretCreate> {
  const data = await payloadOf(app, args);
  const [name, algorithm, mode] = ['name', 'algorithm', 'mode'].map((one) => args.string(one));
  const bit_length = args.number('bit_length');
  const expiration = args.string('expiration');
  const secret: SecretCreate = {
    ...(name !== undefined && { name }),
    ...(algorithm !== undefined && { algorithm }),
    ...(mode !== undefined && { mode }),
    ...(bit_length !== undefined && { bit_length }),
    // the service looks at it
    secret_type: (args.string('secret_type') || 'opaque') as NonNullable<SecretCreate['secret_type']>,
    ...(expiration && { expiration: typedTime(expiration) }),
  };
  if (data?.length === 0) throw new CommandError('Invalid Payload: Cannot Be Empty String');
  const [type, encoding] = [args.string('payload_content_type'), args.string('payload_content_encoding')];
  if (type || encoding) {
    return {
      ...secret,
      ...(data && { payload: decodeUtf8(data) }),
      ...(type !== undefined && { payload_content_type: type }),
      // the service looks at it
      ...(encoding !== undefined && { payload_content_encoding: encoding as 'base64' }),
    };
  }
  if (data === undefined) return secret;
  return {
    ...secret,
    payload: btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join('')),
    payload_content_type: 'application/octet-stream',
    payload_content_encoding: 'base64',
  };
}

async function payloadOf(app: App, args: ParsedArgs): Promise<Uint8Array | undefined> {
  const [text, file] = [args.string('payload'), args.string('file')];
  if (text) return new TextEncoder().encode(text);
  if (!file) return undefined;
  try {
    return new Uint8Array(await (await app.context.files.open(file)).arrayBuffer());
  } catch (error) {
    throw new CommandError(message(osError(error, file)));
  }
}
