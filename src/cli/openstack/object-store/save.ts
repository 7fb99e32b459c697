/** `object_save` of openstackclient/api/object_store_v1.py. */
import { osError } from '../../os-error';
import type { App } from '../app';
import { request } from './store';

/** Writes an object's data to a file, or for `-` to standard output; folders on the way are made. */
export async function saveObject(app: App, container: string, object: string, file?: string): Promise<void> {
  const path = file || object;
  const response = await request(app, [container, object]);
  if (response.status !== 200) return;
  const stream = response.body ?? new Blob([]).stream();
  if (path === '-') {
    app.output.write(new Uint8Array(await new Response(stream).arrayBuffer()));
    return;
  }
  const { files } = app.context;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '';
  try {
    if (folder !== '' && (await files.stat(folder)) === undefined) await files.makeFolder(folder);
  } catch (error) {
    throw osError(error, folder);
  }
  try {
    await files.write(path, stream);
  } catch (error) {
    throw osError(error, path);
  }
}
