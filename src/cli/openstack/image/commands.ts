import type { Command } from '../command';
import { createImage } from './create';
import { deleteImage, listImage, saveImage, showImage } from './image';
import { addProjectToImage, getImageMember, listImageMembers, removeProjectFromImage } from './members';
import { setImage, unsetImage } from './set';

/** Commands of the Image service. */
export const imageCommands: readonly Command[] = [
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
];
