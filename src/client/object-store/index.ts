export { ObjectStoreClient, type ObjectStoreClientOptions } from './client';
export type * from './types';
export { containerAcl, parseContainerAcl, type ContainerAccess } from './acl';
export { signTempUrl, tempUrlSignature, type TempUrlDigest, type TempUrlRequest } from './temp-url';
export { decodeHeader, encodeHeader, inSwiftOrder, quotePath, type Answered } from './headers';
export { md5Of } from './large-object';
