import type { Command } from './command';
import { listCatalog, showCatalog } from './identity/catalog';
import { issueToken, revokeToken } from './identity/token';
import { createImage } from './image/create';
import { deleteImage, listImage, saveImage, showImage } from './image/image';
import { setImage, unsetImage } from './image/set';

/** The commands that call an API. */
export const commands: readonly Command[] = [
  listCatalog,
  showCatalog,
  createImage,
  deleteImage,
  listImage,
  saveImage,
  setImage,
  showImage,
  unsetImage,
  issueToken,
  revokeToken,
];
