/** Commands of openstackclient/compute/v2/keypair.py. */
import type { Keypair } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { decodeUtf8 } from '../../decode-utf8';
import { CommandError } from '../../errors';
import { osError } from '../../os-error';
import { message } from '../../messages';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { findProject } from '../identity/common';
import { keystone } from '../identity/keystone';
import { compute, forEach, needFor, userId } from './client';
import { generateKeypair } from './ed25519';
import { arg, flag, limit, marker, opt, project, projectDomain, user, userDomain } from './options';
import { KEYPAIR, shown } from './sdk';

const upstream = 'openstackclient.compute.v2.keypair';
const owner = [user('Owner of the key pair (name or ID)'), userDomain];

/** `--user`, as an id. */
async function ownerId(app: App, args: ParsedArgs): Promise<string | undefined> {
  const name = args.string('user');
  if (!name) return undefined;
  await needFor(app, '2.10', '--user');
  return userId(app, name, args.string('user_domain'));
}

/** `openstack keypair create` */
export const createKeypair: ShowOneCommand = {
  name: 'keypair create',
  upstream: `${upstream}.CreateKeypair`,
  kind: 'show',
  description: 'Make a key pair, or register the public key of yours',
  arguments: [
    arg('name', 'Name of the new key pair'),
    opt('public-key', 'File with the public key to register', 'file', { exclusive: 'key' }),
    opt('private-key', 'File to write the new private key to, instead of printing it', 'file', {
      exclusive: 'key',
    }),
    opt('type', 'Kind of key: ssh, x509', 'type', { choices: ['ssh', 'x509'] }),
    ...owner,
  ],
  async run(app, args) {
    const publicFile = args.string('public_key');
    const privateFile = args.string('private_key');
    let generated: string | undefined;
    let public_key: string;
    if (publicFile) {
      public_key = await readKey(app, publicFile);
    } else {
      const made = await generateKeypair(app.random);
      generated = made.privateKey;
      public_key = made.publicKey;
      if (privateFile) await writeKey(app, privateFile, made.privateKey);
    }
    // the real client says `key_type`, which the SDK does not know and leaves out: whatever is asked for, it is ssh
    if (args.string('type')) await needFor(app, '2.2', '--type');
    const user_id = await ownerId(app, args);
    const keypair = await compute(app).createKeypair({
      name: args.string('name') ?? '',
      public_key,
      ...(user_id !== undefined && { user_id }),
    });
    if (publicFile || privateFile)
      return shown(KEYPAIR(keypair), ['links', 'location', 'public_key', 'private_key']);
    app.output.write(generated ?? '');
    return { columns: [], values: [] };
  },
};

/** `os.path.expanduser` */
function expanded(app: App, path: string): string {
  return path.replace(/^~(?=\/|$)/, app.context.env.HOME ?? '~');
}

async function readKey(app: App, path: string): Promise<string> {
  let bytes: ArrayBuffer;
  try {
    bytes = await (await app.context.files.open(expanded(app, path))).arrayBuffer();
  } catch (error) {
    throw new CommandError(`Key file ${path} not found: ${message(osError(error, expanded(app, path)))}`);
  }
  return decodeUtf8(new Uint8Array(bytes));
}

async function writeKey(app: App, path: string, key: string): Promise<void> {
  try {
    await app.context.files.write(expanded(app, path), key);
  } catch (error) {
    throw new CommandError(
      `Key file ${path} can not be saved: ${message(osError(error, expanded(app, path)))}`,
    );
  }
}

/** `openstack keypair delete` */
export const deleteKeypair: PlainCommand = {
  name: 'keypair delete',
  upstream: `${upstream}.DeleteKeypair`,
  kind: 'command',
  description: 'Delete key pairs; servers that have the key keep it',
  arguments: [arg('name', 'Key pairs to delete (name only)', { nargs: '+', metavar: '<key>' }), ...owner],
  async run(app, args) {
    const user_id = await ownerId(app, args);
    await forEach(
      app,
      args.list('name'),
      (name) => compute(app).deleteKeypair(name, user_id),
      (name, why) => `Failed to delete key with name '${name}': ${why}`,
      'keys failed to delete.',
    );
  },
};

/** `openstack keypair list` */
export const listKeypair: ListerCommand = {
  name: 'keypair list',
  upstream: `${upstream}.ListKeypair`,
  kind: 'lister',
  description: 'List key pairs',
  arguments: [
    user('Key pairs of this user; administrators may ask for this (name or ID)', { exclusive: 'whose' }),
    userDomain,
    { ...project('Key pairs of everybody in this project (name or ID)'), exclusive: 'whose' },
    projectDomain,
    limit,
    marker('name'),
  ],
  async run(app, args) {
    const client = compute(app);
    const [after, count, owner] = [args.string('marker'), args.number('limit'), args.string('project')];
    if (after) await needFor(app, '2.35', '--marker');
    if (count) await needFor(app, '2.35', '--limit');
    const page = { ...(count && { limit: count }), ...(after && { marker: after }) };
    const keypairs: Keypair[] = [];
    if (owner) {
      await needFor(app, '2.10', '--project');
      const tenant_id = await findProject(app, owner, args.string('project_domain'));
      // Identity v3 does not know this filter: everybody's come
      const response = await keystone(app).request('/users', { query: { tenant_id } });
      const { users } = (await response.json()) as { users: { id: string }[] }; // the API's contract
      for (const { id } of users)
        for await (const one of client.keypairs({ ...page, user_id: id })) keypairs.push(one);
    }
    const user_id = owner ? undefined : await ownerId(app, args);
    for await (const one of owner
      ? []
      : client.keypairs({ ...page, ...(user_id !== undefined && { user_id }) }))
      keypairs.push(one);
    const types = await client.supports('2.2');
    return {
      columns: ['Name', 'Fingerprint', ...(types ? ['Type'] : [])],
      rows: keypairs.map(({ name, fingerprint, type }) => [
        name,
        fingerprint,
        ...(types ? [type ?? 'ssh'] : []),
      ]),
    };
  },
};

/** `openstack keypair show` */
export const showKeypair: ShowOneCommand = {
  name: 'keypair show',
  upstream: `${upstream}.ShowKeypair`,
  kind: 'show',
  description: 'Show a key pair',
  arguments: [
    arg('name', 'Key pair to show (name only)', { metavar: '<key>' }),
    flag('public-key', 'Print the public key and nothing else'),
    ...owner,
  ],
  async run(app, args) {
    const user_id = await ownerId(app, args);
    const keypair = await compute(app).findKeypair(args.string('name') ?? '', {
      ignoreMissing: false,
      user_id,
    });
    if (!args.flag('public_key')) return shown(KEYPAIR(keypair), ['links', 'location', 'public_key']);
    app.output.write(keypair.public_key);
    return { columns: [], values: [] };
  },
};
