import type { Command } from '../command';
import { listService } from './service';
import { setVolume, unsetVolume } from './set-volume';
import {
  createSnapshot,
  deleteSnapshot,
  listSnapshot,
  setSnapshot,
  showSnapshot,
  unsetSnapshot,
} from './snapshot';
import { createType, deleteType, listType, setType, showType, unsetType } from './type';
import { createVolume, deleteVolume, listVolume, showVolume, volumeSummary } from './volume';

/** All commands about volumes. */
export const volumeCommands: readonly Command[] = [
  createVolume,
  deleteVolume,
  listVolume,
  setVolume,
  showVolume,
  unsetVolume,
  volumeSummary,
  createSnapshot,
  deleteSnapshot,
  listSnapshot,
  setSnapshot,
  showSnapshot,
  unsetSnapshot,
  createType,
  deleteType,
  listType,
  setType,
  showType,
  unsetType,
  listService,
];
