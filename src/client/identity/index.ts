export type { FindOptions, IdentityClientOptions } from './base';
export { IdentityClient } from './client';
export type * from './types';
export type { PeopleQuery } from './users';
