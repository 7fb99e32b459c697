import type { IdSource } from '../ids';

/** A request id as oslo.middleware makes one: `req-` and a UUID. */
export function newRequestId(ids: IdSource): string {
  return `req-${ids.uuid('request')}`;
}
