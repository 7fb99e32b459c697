import type { Command } from '../command';
import { clearCachedImages, deleteCachedImage, listCachedImages, queueCachedImage } from './cached';
import { createImage } from './create';
import { deleteImage, listImage, saveImage, showImage } from './image';
import { importImage, importInfo, stageImage } from './imports';
import { addProjectToImage, getImageMember, listImageMembers, removeProjectFromImage } from './members';
import { metadefCommands } from './metadef-commands';
import { setImage, unsetImage } from './set';
import { listStores } from './stores';
import { listTasks, showTask } from './tasks';

/** Commands of the Image service. */
export const imageCommands: readonly Command[] = [
  clearCachedImages,
  deleteCachedImage,
  listCachedImages,
  queueCachedImage,
  addProjectToImage,
  createImage,
  deleteImage,
  importImage,
  importInfo,
  listImage,
  getImageMember,
  listImageMembers,
  ...metadefCommands,
  removeProjectFromImage,
  saveImage,
  setImage,
  showImage,
  stageImage,
  listStores,
  listTasks,
  showTask,
  unsetImage,
];
