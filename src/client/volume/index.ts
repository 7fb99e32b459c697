export { VolumeClient, type VolumeClientOptions } from './client';
export type * from './types';
