import type { Schema } from '../validation';
import { multiParams, name, object, PAGINATION, querySchema, text } from './parameter-types';

/** nova/api/openstack/compute/schemas/keypairs.py. */

export function createKeypair(version: number): Schema {
  const format = version >= 92 ? 'keypair_name_292' : 'keypair_name_20';
  const keypair = object(
    {
      name: { allOf: [name, { type: 'string', minLength: 1, maxLength: 255, format }] },
      ...(version >= 2 ? { type: { type: 'string', enum: ['ssh', 'x509'] } } : {}),
      public_key: text,
      ...(version >= 10 ? { user_id: text } : {}),
    },
    ['name', ...(version >= 92 ? ['public_key'] : [])],
  );
  return object({ keypair }, ['keypair']);
}

export function keypairQuery(version: number, list = false): Schema {
  if (version < 10) return querySchema({});
  return querySchema(
    { user_id: multiParams(text), ...(list && version >= 35 ? PAGINATION : {}) },
    version >= 75,
  );
}
