/** Lookups of the commands that speak through the SDK: the `_find_sdk_id` of several of them. */
import { ForbiddenException, ResourceNotFound, type FindOptions } from '../../../client';
import { CommandError } from '../../errors';

type Find = (nameOrId: string, options: FindOptions & { ignoreMissing: false }) => Promise<{ id: string }>;

/** The id, or for somebody who may not look it up the text itself, to be tried as an id. */
export async function idOrText(find: Find, nameOrId: string, domain_id?: string): Promise<string> {
  try {
    return (await find(nameOrId, { ignoreMissing: false, domain_id })).id;
  } catch (error) {
    if (error instanceof ForbiddenException) return nameOrId;
    throw error;
  }
}

/**
 * {@link idOrText}, whose error says nothing at all: so it is in 7.4.0.
 *
 * @param mustExist whether it is an error when there is no such thing; else the text is tried as an id.
 */
export async function idOrSilence(
  find: Find,
  nameOrId: string,
  domain_id?: string,
  mustExist = true,
): Promise<string> {
  try {
    return await idOrText(find, nameOrId, domain_id);
  } catch (error) {
    if (!(error instanceof ResourceNotFound)) throw error;
    if (!mustExist) return nameOrId;
    throw new CommandError('');
  }
}
