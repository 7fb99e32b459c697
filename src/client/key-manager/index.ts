export { KeyManagerClient, type KeyManagerClientOptions } from './client';
export type * from './types';
