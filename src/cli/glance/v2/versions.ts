/** utils.has_version and what hangs on it. */
import { HttpError, object } from '../http';
import type { Glance } from '../command';

/** Asks Glance whether it speaks a version of the API, such as `v2.12`. */
export async function hasVersion({ client }: Glance, version: string): Promise<boolean> {
  const { versions } = await client.get('/versions');
  const found = (Array.isArray(versions) ? versions : []).map(object).find(({ id }) => id === version);
  return ['SUPPORTED', 'CURRENT', 'EXPERIMENTAL'].includes(String(found?.status));
}

/** @throws {@link HttpError} in the client's own name when Glance is too old. */
export async function requireVersion(
  glance: Glance,
  version: string,
  words = 'This operation is not supported by Glance.',
): Promise<void> {
  if (!(await hasVersion(glance, version))) throw new HttpError(501, words);
}
