/** Commands of barbicanclient/barbican_cli/v1/orders.py. */
import type { SecretOrder } from '../../../client';
import { int } from '../../arguments';
import type { Cell } from '../../formatters/columns';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { barbican, isoformat, option, page, typedTime, uri } from './barbican';
import { listed } from './secret';

const upstream = 'barbicanclient.barbican_cli.v1.orders';
const COLUMNS = [
  'Order href', 'Type', 'Container href', 'Secret href', 'Created', 'Status', 'Error code', 'Error message',
]; // prettier-ignore

function cells(ref: string, order: Partial<SecretOrder>): Cell[] {
  const key = order.type === 'key';
  return [
    ref,
    key ? 'Key' : 'Asymmetric',
    key ? 'N/A' : (order.container_ref ?? null),
    key ? (order.secret_ref ?? null) : 'N/A',
    isoformat(order.created),
    order.status ?? null,
    order.error_status_code ?? null,
    order.error_reason ?? null,
  ];
}

/** `openstack secret order create` */
export const createOrder: ShowOneCommand = {
  name: 'secret order create',
  upstream: `${upstream}.CreateOrder`,
  kind: 'show',
  description: 'Have a key made',
  arguments: [
    { names: ['type'], choices: ['key', 'asymmetric'], help: 'One key, or a pair' },
    option('name', 'n', 'Name for people'),
    option('algorithm', 'a', 'Algorithm that the key is for (default: aes)', { default: 'aes' }),
    option('bit-length', 'b', 'How many bits it is to have (default: 256)', { type: int, default: 256 }),
    option('mode', 'm', 'Mode of the algorithm (default: cbc)', { default: 'cbc' }),
    option('payload-content-type', 't', 'Content type of the key (default: application/octet-stream)', { default: 'application/octet-stream' }),
    option('expiration', 'x', 'When it is over, in ISO 8601'),
  ], // prettier-ignore
  async run(app, args) {
    const type = args.string('type') === 'key' ? 'key' : 'asymmetric';
    const [name, algorithm, mode, content] = ['name', 'algorithm', 'mode', 'payload_content_type'].map((one) => args.string(one)); // prettier-ignore
    const bit_length = args.number('bit_length');
    const expiration = args.string('expiration');
    const meta = {
      ...(name !== undefined && { name }),
      ...(algorithm !== undefined && { algorithm }),
      ...(bit_length !== undefined && { bit_length }),
      ...(expiration !== undefined && { expiration: typedTime(expiration) }),
      ...(content !== undefined && { payload_content_type: content }),
      ...(type === 'key' && mode && { mode }),
    };
    const ref = await barbican(app).createOrder({ type, meta });
    return { columns: COLUMNS, values: cells(ref, { type }) };
  },
};

/** `openstack secret order delete` */
export const deleteOrder: PlainCommand = {
  name: 'secret order delete',
  upstream: `${upstream}.DeleteOrder`,
  kind: 'command',
  description: 'Delete an order; the key stays',
  arguments: [uri('URI of the order')],
  run: (app, args) => barbican(app).deleteOrder(args.string('URI') ?? ''),
};

/** `openstack secret order get` */
export const getOrder: ShowOneCommand = {
  name: 'secret order get',
  upstream: `${upstream}.GetOrder`,
  kind: 'show',
  description: 'Show an order',
  arguments: [uri('URI of the order')],
  async run(app, args) {
    const order = await barbican(app).getOrder(args.string('URI') ?? '');
    return { columns: COLUMNS, values: cells(order.order_ref, order) };
  },
};

/** `openstack secret order list` */
export const listOrder: ListerCommand = {
  name: 'secret order list',
  upstream: `${upstream}.ListOrder`,
  kind: 'lister',
  description: 'List orders',
  arguments: page,
  async run(app, args) {
    const query = { limit: args.number('limit') ?? 10, offset: args.number('offset') ?? 0 };
    const found = await barbican(app).orders(query);
    return listed(
      COLUMNS,
      found.map((order) => cells(order.order_ref, order)),
    );
  },
};
