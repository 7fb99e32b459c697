/** From a description of a cloud to clients for it. Models `openstack.connect`. */
import {
  ApplicationCredential,
  Password,
  TokenPlugin,
  type ApplicationCredentialAuth,
  type AuthPlugin,
  type PasswordAuth,
  type TokenAuth,
} from './auth';
import { ComputeClient } from './compute';
import { IdentityClient } from './identity';
import { ImageClient } from './image';
import { KeyManagerClient } from './key-manager';
import { NetworkClient } from './network';
import { ObjectStoreClient } from './object-store';
import { ShareClient } from './share';
import { VolumeClient } from './volume';
import { Session, type SessionOptions } from './session';

/** A cloud as one entry of clouds.yaml describes it, with the same names. */
export type CloudConfig = (
  | { auth_type?: 'password' | 'v3password'; auth: PasswordAuth }
  | { auth_type: 'token' | 'v3token'; auth: TokenAuth }
  | { auth_type: 'v3applicationcredential'; auth: ApplicationCredentialAuth }
) & {
  region_name?: string | undefined;
  interface?: 'public' | 'internal' | 'admin' | undefined;
  /** URLs with version, instead of the catalog's. */
  image_endpoint_override?: string | undefined;
  identity_endpoint_override?: string | undefined;
  compute_endpoint_override?: string | undefined;
  volume_endpoint_override?: string | undefined;
  key_manager_endpoint_override?: string | undefined;
  object_store_endpoint_override?: string | undefined;
  network_endpoint_override?: string | undefined;
  shared_file_system_endpoint_override?: string | undefined;
  /** The microversion of every Compute call, such as `2.79`. */
  compute_default_microversion?: string | undefined;
};

/** One person's clients for one cloud; they share a session and so a token. */
export interface Connection {
  session: Session;
  identity: IdentityClient;
  image: ImageClient;
  compute: ComputeClient;
  volume: VolumeClient;
  share: ShareClient;
  keyManager: KeyManagerClient;
  objectStore: ObjectStoreClient;
  network: NetworkClient;
}

/**
 * Makes clients. Nothing is sent until the first call, which logs in.
 *
 * @param config how to reach the cloud and as whom.
 * @param options `fetch` sends the requests: the network's own by default, or the embedded cloud's.
 * @example
 * const cloud = connect({
 *   auth: { auth_url: 'https://cloud.example:5000/v3', username: 'demo', password: 'secret', project_name: 'demo', default_domain: 'default' },
 *   region_name: 'RegionOne',
 * });
 * const token = await cloud.identity.access();
 */
export function connect(config: CloudConfig, options: Omit<SessionOptions, 'auth'> = {}): Connection {
  const session = new Session({ ...options, auth: authPlugin(config) });
  const where = { regionName: config.region_name, interface: config.interface };
  return {
    session,
    identity: new IdentityClient(session, { ...where, endpointOverride: config.identity_endpoint_override }),
    image: new ImageClient(session, { ...where, endpointOverride: config.image_endpoint_override }),
    keyManager: new KeyManagerClient(session, {
      ...where,
      endpointOverride: config.key_manager_endpoint_override,
    }),
    volume: new VolumeClient(session, { ...where, endpointOverride: config.volume_endpoint_override }),
    share: new ShareClient(session, {
      ...where,
      endpointOverride: config.shared_file_system_endpoint_override,
    }),
    network: new NetworkClient(session, {
      ...where,
      endpointOverride: config.network_endpoint_override,
    }),
    objectStore: new ObjectStoreClient(session, {
      ...where,
      endpointOverride: config.object_store_endpoint_override,
    }),
    compute: new ComputeClient(session, {
      ...where,
      endpointOverride: config.compute_endpoint_override,
      defaultMicroversion: config.compute_default_microversion,
    }),
  };
}

/** The plugin that `auth_type` names; password when it names none. */
export function authPlugin(config: CloudConfig): AuthPlugin {
  switch (config.auth_type) {
    case 'token':
    case 'v3token':
      return new TokenPlugin(config.auth);
    case 'v3applicationcredential':
      return new ApplicationCredential(config.auth);
    default:
      return new Password(config.auth);
  }
}
