/** What several commands do: parts of SwiftService in swiftclient/service.py. */
import { repr } from '../python';
import type { Connection, ListingItem, ListingOptions } from './connection';
import { ClientException, SwiftError } from './exceptions';

/** What an action came to. */
export type Result<T extends object = object> = T & ({ success: true } | { success: false; error: unknown });

/** The name to go on after. */
export function nameOf(item: ListingItem | undefined): string {
  return String(item?.name ?? item?.subdir ?? '');
}

/** The pages of an account, until one is empty. @throws {@link SwiftError} when there is no account. */
export async function* accountPages(
  connection: Connection,
  options: Pick<ListingOptions, 'prefix' | 'headers'>,
): AsyncGenerator<ListingItem[], void, undefined> {
  let marker = '';
  for (;;) {
    let page: ListingItem[];
    try {
      page = await connection.getAccount({ ...options, marker });
    } catch (error) {
      throw notFound(error, 'Account not found');
    }
    if (page.length === 0) return;
    yield page;
    marker = nameOf(page.at(-1));
  }
}

/** The pages of a container. @throws {@link SwiftError} when there is no container. */
export async function* containerPages(
  connection: Connection,
  container: string,
  options: ListingOptions,
): AsyncGenerator<ListingItem[], void, undefined> {
  let { marker = '', version_marker = '' } = options;
  for (;;) {
    let page: ListingItem[];
    try {
      page = await connection.getContainer(container, { ...options, marker, version_marker });
    } catch (error) {
      throw notFound(error, `Container ${repr(container)} not found`, container);
    }
    if (page.length === 0) return;
    yield page;
    marker = nameOf(page.at(-1));
    version_marker = String(page.at(-1)?.version_id ?? '');
  }
}

/** A 404 in the client's own words; anything else as it is. */
export function notFound(error: unknown, words: string, container?: string): unknown {
  if (!(error instanceof ClientException) || error.status !== 404) return error;
  return new SwiftError(words, { cause: error, ...(container !== undefined && { container }) });
}
