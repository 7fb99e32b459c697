export { NetworkClient } from './client';
export { type NetworkClientOptions, type NetworkKind } from './base';
export { NETWORK_KINDS, portForwardings } from './kinds';
export type * from './types';
