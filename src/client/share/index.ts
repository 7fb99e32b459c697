export { ShareClient, type ShareClientOptions } from './client';
export type * from './types';
