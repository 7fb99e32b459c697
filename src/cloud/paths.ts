/** Where each service lies below the base URL. Identity and Image are always there; the others come when first asked. */
export const IDENTITY_PATH = '/identity';
export const IMAGE_PATH = '/image';
export const COMPUTE_PATH = '/compute';
export const PLACEMENT_PATH = '/placement';
export const VOLUME_PATH = '/volume';
export const NETWORK_PATH = '/network';
export const KEY_MANAGER_PATH = '/key-manager';
export const OBJECT_STORE_PATH = '/object-store';
export const SHARE_PATH = '/share';
export const CONTAINER_INFRA_PATH = '/container-infra';
