/** Commands of barbicanclient/barbican_cli/v1/secrets.py that are about the consumers of a secret. */
import type { SecretConsumer } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import type { ListerCommand, PlainCommand } from '../command';
import { barbican, option, page, uri } from './barbican';
import { listed } from './secret';

const upstream = 'barbicanclient.barbican_cli.v1.secrets';

const which: readonly ArgumentSpec[] = [
  uri('URI of the secret'),
  option('service-type-name', 's', 'Service that uses the secret', { required: true }),
  option('resource-type', 't', 'Type of what uses it', { required: true }),
  option('resource-id', 'i', 'ID of what uses it', { required: true }),
];

function consumerIn(args: ParsedArgs): SecretConsumer {
  return {
    service: args.string('service_type_name') ?? '',
    resource_type: args.string('resource_type') ?? '',
    resource_id: args.string('resource_id') ?? '',
  };
}

/** `openstack secret consumer create` */
export const createConsumer: PlainCommand = {
  name: 'secret consumer create',
  upstream: `${upstream}.CreateConsumer`,
  kind: 'command',
  description: 'Note that something uses a secret',
  arguments: which,
  run: (app, args) => barbican(app).addSecretConsumer(args.string('URI') ?? '', consumerIn(args)),
};

/** `openstack secret consumer delete` */
export const deleteConsumer: PlainCommand = {
  name: 'secret consumer delete',
  upstream: `${upstream}.DeleteConsumer`,
  kind: 'command',
  description: 'Note that something uses a secret no more',
  arguments: which,
  run: (app, args) => barbican(app).removeSecretConsumer(args.string('URI') ?? '', consumerIn(args)),
};

/** `openstack secret consumer list` */
export const listConsumer: ListerCommand = {
  name: 'secret consumer list',
  upstream: `${upstream}.ListConsumer`,
  kind: 'lister',
  description: 'List what uses a secret',
  arguments: [uri('URI of the secret'), ...page],
  async run(app, args) {
    const query = { limit: args.number('limit') ?? 10, offset: args.number('offset') ?? 0 };
    const found = await barbican(app).secretConsumers(args.string('URI') ?? '', query);
    const columns = ['Service', 'Resource type', 'Resource id', 'Created'];
    return listed(
      columns,
      found.map((one) => [one.service, one.resource_type, one.resource_id, one.created ?? null]),
    );
  },
};
