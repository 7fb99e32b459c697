export { ComputeClient } from './client';
export type { ComputeClientOptions, ComputeFindOptions, ComputeRequestOptions } from './base';
export type { ServerFindOptions } from './servers';
export type * from './types';
