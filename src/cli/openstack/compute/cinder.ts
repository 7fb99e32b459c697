/** Volumes and snapshots as cinderclient looks them up: `find_resource` of osc_lib/utils. */
import { HttpException } from '../../../client';
import { CommandError } from '../../errors';
import type { App } from '../app';
import { request } from './client';

/** The id of a volume or snapshot, by id or name. @throws {@link CommandError} */
export async function findResource(app: App, kind: 'volume' | 'snapshot', nameOrId: string): Promise<string> {
  const plural = `${kind}s`;
  try {
    const one = await request(app, 'block-storage', `/${plural}/${encodeURIComponent(nameOrId)}`);
    return (one[kind] as { id: string }).id; // the API's contract
  } catch (error) {
    if (!(error instanceof HttpException)) throw error;
  }
  const list = await request(app, 'block-storage', `/${plural}/detail`, { query: { name: nameOrId } });
  const found = (list[plural] as { id: string; name: string }[]).filter(({ name }) => name === nameOrId); // the API's contract
  if (found.length > 1) throw new CommandError(`More than one ${kind} exists with the name '${nameOrId}'.`);
  if (found[0] === undefined) throw new CommandError(`No ${kind} with a name or ID of '${nameOrId}' exists.`);
  return found[0].id;
}
