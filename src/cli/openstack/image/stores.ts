/** StoresInfo of openstackclient/image/v2/image.py. */
import { NotFoundException, type Store } from '../../../client';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import type { Value } from '../../python';
import type { ListerCommand } from '../command';

/** `openstack image stores list` */
export const listStores: ListerCommand = {
  name: 'image stores list',
  upstream: 'openstackclient.image.v2.image.StoresInfo',
  kind: 'lister',
  description: 'List the stores of a cloud that has several',
  arguments: [
    { names: ['--detail'], action: 'store_true', default: null, help: 'Properties as well; for administrators' },
  ], // prettier-ignore
  async run(app, args) {
    const detail = args.flag('detail');
    let stores: Store[];
    try {
      stores = await app.connection.image.stores({ details: detail });
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
      throw new CommandError('Multi Backend support not enabled');
    }
    return {
      columns: ['ID', 'Description', 'Default', ...(detail ? ['Properties'] : [])],
      rows: stores.map(({ id, description, default: chosen, properties }): Cell[] => [
        id,
        description ?? null,
        chosen === undefined ? null : chosen !== '', // bool() of a text
        ...(detail ? [(properties ?? null) as Value] : []), // came as JSON
      ]),
    };
  },
};
