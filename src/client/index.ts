/**
 * A typed client for OpenStack's Identity v3, Image v2 and Compute 2.1, over nothing but `fetch`: the same code talks to the
 * course's embedded cloud and to a real one, in a browser and in Node.
 *
 * Start with {@link connect}.
 *
 * @packageDocumentation
 */
export { connect, authPlugin, type CloudConfig, type Connection } from './connect';
export {
  Session,
  Adapter,
  type Fetch,
  type Query,
  type QueryValue,
  type RequestOptions,
  type SessionLogEvent,
  type SessionOptions,
} from './session';
export {
  AuthPlugin,
  Password,
  TokenPlugin,
  ApplicationCredential,
  type ApplicationCredentialAuth,
  type PasswordAuth,
  type ProjectScope,
  type TokenAuth,
} from './auth';
export {
  AccessInfo,
  type CatalogEndpoint,
  type CatalogService,
  type EndpointFilter,
  type Interface,
  type Reference,
  type Token,
} from './access';
export * from './identity';
export * from './compute';
export * from './share';
export * from './volume';
export * from './key-manager';
export * from './object-store';
export * from './network';
export { ImageClient } from './image';
export type { ImageClientOptions, ImageSource } from './image-base';
export type * from './image-import-types';
export * from './image-types';
export { MetadefClient } from './metadefs';
export type * from './metadef-types';
export { fromWire, toWire, updatePatch } from './image-wire';
export type * from './image-properties';
export type { WaitOptions } from './wait';
export * from './errors';
