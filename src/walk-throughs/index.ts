import addSecurityGroupRule from './add-security-group-rule';
import addShareRule from './add-share-rule';
import allocateFloatingIp from './allocate-floating-ip';
import associateFloatingIp from './associate-floating-ip';
import copyObject from './copy-object';
import createContainer from './create-container';
import createImage from './create-image';
import createKeyPair from './create-key-pair';
import createNetwork from './create-network';
import createRouter from './create-router';
import createSecurityGroup from './create-security-group';
import createShare from './create-share';
import createVolume from './create-volume';
import deleteImage from './delete-image';
import deleteImages from './delete-images';
import editImage from './edit-image';
import filterImages from './filter-images';
import imageDetail from './image-detail';
import protectImage from './protect-image';
import publicContainer from './public-container';
import releaseFloatingIp from './release-floating-ip';
import setMetadata from './set-metadata';
import uploadObject from './upload-object';
import type { WalkThrough } from './walk-through';

/** All walk-throughs, in the order of the course. The name of each is that of its file. */
export const WALK_THROUGHS: readonly WalkThrough[] = [
  createImage,
  filterImages,
  imageDetail,
  editImage,
  deleteImage,
  deleteImages,
  protectImage,
  setMetadata,
  createVolume,
  createShare,
  addShareRule,
  createKeyPair,
  createSecurityGroup,
  addSecurityGroupRule,
  createNetwork,
  allocateFloatingIp,
  createRouter,
  associateFloatingIp,
  releaseFloatingIp,
  createContainer,
  uploadObject,
  copyObject,
  publicContainer,
];
