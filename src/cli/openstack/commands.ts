import type { Command } from './command';
import { listCatalog, showCatalog } from './identity/catalog';
import { issueToken, revokeToken } from './identity/token';
import { createImage } from './image/create';
import { deleteImage, listImage, saveImage, showImage } from './image/image';
import { addProjectToImage, getImageMember, listImageMembers, removeProjectFromImage } from './image/members';
import { setImage, unsetImage } from './image/set';

/** The commands that call an API. */
export const commands: readonly Command[] = [
  listCatalog,
  showCatalog,
  addProjectToImage,
  createImage,
  deleteImage,
  listImage,
  getImageMember,
  listImageMembers,
  removeProjectFromImage,
  saveImage,
  setImage,
  showImage,
  unsetImage,
  issueToken,
  revokeToken,
];
