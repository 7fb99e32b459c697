/** Commands of barbicanclient/barbican_cli/v1/containers.py. */
import type { SecretContainer } from '../../../client';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { repr } from '../../python';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { barbican, checkRef, isoformat, option, page, uri } from './barbican';
import { listed } from './secret';

const upstream = 'barbicanclient.barbican_cli.v1.containers';
const COLUMNS = ['Container href', 'Name', 'Created', 'Status', 'Type', 'Secrets', 'Consumers'];

/** The secrets that a container of a type shows by name, and how. */
const NAMED = {
  rsa: [
    ['Public Key', 'public_key'],
    ['Private Key', 'private_key'],
    ['PK Passphrase', 'private_key_passphrase'],
  ],
  certificate: [
    ['Certificate', 'certificate'],
    ['Intermediates', 'intermediates'],
    ['Private Key', 'private_key'],
    ['PK Passphrase', 'private_key_passphrase'],
  ],
} as const;

type Container = Pick<
  SecretContainer,
  'container_ref' | 'name' | 'status' | 'type' | 'secret_refs' | 'consumers'
> & {
  created: string | null;
};

/** As lists show every type, and `get` a generic one. */
function generic(container: Container): Cell[] {
  const { container_ref, name, created, status, type, secret_refs } = container;
  const refs = secret_refs.map((one) =>
    one.name ? `${one.name.toLowerCase()}=${one.secret_ref}` : one.secret_ref,
  );
  return [
    container_ref,
    name,
    isoformat(created),
    status,
    type,
    refs.length === 0 ? null : refs.join('\n'),
    consumers(container),
  ];
}

function consumers({ consumers: all }: Container): Cell {
  return all.length === 0 ? null : all.map((one) => repr({ ...one })).join('\n');
}

function entity(container: Container): { columns: string[]; values: Cell[] } {
  const { container_ref, name, created, status, type, secret_refs } = container;
  if (type !== 'rsa' && type !== 'certificate') return { columns: COLUMNS, values: generic(container) };
  const named = NAMED[type];
  const ref = (wanted: string): string | null =>
    secret_refs.find((one) => one.name === wanted)?.secret_ref ?? null;
  return {
    columns: [...COLUMNS.slice(0, 5), ...named.map(([title]) => title), 'Consumers'],
    values: [
      container_ref,
      name,
      // here the time is no text yet
      isoformat(created)?.replace('T', ' ') ?? null,
      status,
      type,
      ...named.map(([, wanted]) => ref(wanted)),
      consumers(container),
    ],
  };
}

/** `openstack secret container delete` */
export const deleteContainer: PlainCommand = {
  name: 'secret container delete',
  upstream: `${upstream}.DeleteContainer`,
  kind: 'command',
  description: 'Delete a container; its secrets stay',
  arguments: [uri('URI of the container')],
  run: (app, args) => barbican(app).deleteContainer(args.string('URI') ?? ''),
};

/** `openstack secret container get` */
export const getContainer: ShowOneCommand = {
  name: 'secret container get',
  upstream: `${upstream}.GetContainer`,
  kind: 'show',
  description: 'Show a container',
  arguments: [uri('URI of the container')],
  run: async (app, args) => entity(await barbican(app).getContainer(args.string('URI') ?? '')),
};

/** `openstack secret container list` */
export const listContainer: ListerCommand = {
  name: 'secret container list',
  upstream: `${upstream}.ListContainer`,
  kind: 'lister',
  description: 'List containers',
  arguments: [
    ...page,
    option('name', 'n', 'Containers of this name'),
    option('type', 't', 'Containers of this type'),
  ],
  async run(app, args) {
    const [name, type] = [args.string('name'), args.string('type')];
    const found = await barbican(app).containers({
      limit: args.number('limit') ?? 10,
      offset: args.number('offset') ?? 0,
      ...(name && { name }),
      ...(type && { type }),
    });
    return listed(COLUMNS, found.map(generic));
  },
};

/** `openstack secret container create` */
export const createContainer: ShowOneCommand = {
  name: 'secret container create',
  upstream: `${upstream}.CreateContainer`,
  kind: 'show',
  description: 'Put secrets together in a container',
  arguments: [
    option('name', 'n', 'Name for people'),
    { names: ['--type'], default: 'generic', help: 'generic (default), rsa or certificate' },
    option('secret', 's', 'A secret for it, such as private_key=URI; repeat it for several', { action: 'append' }),
  ], // prettier-ignore
  async run(app, args) {
    const type = args.string('type');
    if (type !== 'generic' && type !== 'rsa' && type !== 'certificate')
      throw new CommandError('Invalid container type specified.');
    const given = args.list('secret');
    if (given.length === 0) throw new CommandError('Must supply at least one secret.');
    const pairs = given.map((one) => one.split('=')).filter(({ length }) => length === 2);
    const all = new Map(pairs.map(([key = '', ref = '']) => [key, ref]));
    const names =
      type === 'generic' ? [...all.keys()] : NAMED[type].map(([, key]) => key).filter((key) => all.get(key));
    const secret_refs = names.map((key) => ({ name: key.toLowerCase(), secret_ref: all.get(key) ?? '' }));
    try {
      for (const { secret_ref } of secret_refs) checkRef(secret_ref, 'Secret');
    } catch {
      throw new CommandError('One or more of the provided secret_refs could not be retrieved!');
    }
    const name = args.string('name');
    const client = barbican(app);
    const ref = await client.createContainer({ ...(name !== undefined && { name }), type, secret_refs });
    const { status, created, consumers: users } = await client.getContainer(ref);
    // the client knows when it was made only if it asked before, which it does without a name
    const known = type !== 'generic' && !name;
    return entity({
      container_ref: ref,
      name: name || null,
      created: known ? created : null,
      status,
      type,
      secret_refs,
      consumers: users,
    });
  },
};
