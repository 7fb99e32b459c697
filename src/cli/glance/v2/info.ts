/** stores-info, stores-delete, usage and explain of glanceclient/v2/shell.py. */
import { CommandError } from '../../errors';
import type { Value } from '../../python';
import type { Subcommand } from '../command';
import { HttpError, object } from '../http';
import { printDict, printDictList, printList } from '../print';
import { imageId } from './options';

/** `glance stores-info` */
export const storesInfo: Subcommand = {
  name: 'stores-info',
  upstream: 'glanceclient.v2.shell.do_stores_info',
  description: 'Show the stores of a cloud that has several.',
  arguments: [{ names: ['--detail'], action: 'store_true', help: 'Properties as well; for administrators.' }],
  async run({ client, output }, args) {
    try {
      const info = await client.get(`/v2/info/stores${args.flag('detail') ? '/detail' : ''}`);
      output.write(printDict(info as Record<string, Value>)); // came as JSON
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== 404) throw error;
      throw new CommandError('Multi Backend support is not enabled');
    }
  },
};

/** `glance stores-delete` */
export const storesDelete: Subcommand = {
  name: 'stores-delete',
  upstream: 'glanceclient.v2.shell.do_stores_delete',
  description: 'Take an image out of one of its stores; for administrators.',
  arguments: [
    imageId,
    { names: ['--store'], metavar: '<STORE_ID>', required: true, help: 'Store to take it out of' },
  ],
  async run({ client }, args) {
    const id = args.string('id') ?? '';
    const store = args.string('store') ?? '';
    try {
      await client.request('DELETE', `/v2/stores/${store}/${id}`);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.status === 404)
        throw new CommandError('Multi Backend support is not enabled or Image/store not found.');
      throw new CommandError(`Unable to delete image '${id}' from store '${store}'. (${error.message})`);
    }
  },
};

/** `glance usage` */
export const usage: Subcommand = {
  name: 'usage',
  upstream: 'glanceclient.v2.shell.do_usage',
  description: 'Show what you use of your quotas.',
  arguments: [],
  async run({ client, output }) {
    const quotas = object((await client.get('/v2/info/usage')).usage);
    const rows = Object.entries(quotas).map(
      ([quota, values]) => ({ ...object(values), quota }) as Record<string, Value>, // came as JSON
    );
    output.write(printDictList(rows, ['Quota', 'Limit', 'Usage']));
  },
};

/** `glance explain` */
export const explain: Subcommand = {
  name: 'explain',
  upstream: 'glanceclient.v2.shell.do_explain',
  description: 'Show which fields something has, as the schema of this Glance has them.',
  arguments: [
    { names: ['model'], metavar: '<MODEL>', help: 'What to explain: image, member, task, metadefs/namespace, …' },
  ], // prettier-ignore
  async run({ client, output }, args) {
    const model = args.string('model') ?? '';
    let schema: Record<string, unknown>;
    try {
      schema = await client.get(`/v2/schemas/${model}`);
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== 404) throw error;
      throw new CommandError(`Unable to find requested model '${model}'`);
    }
    const rows = Object.entries(object(schema.properties)).map(
      ([attribute, property]) =>
        ({ attribute, description: object(property).description }) as Record<string, Value>, // came as JSON
    );
    output.write(printList(rows, ['Attribute', 'Description']));
  },
};
