import type { Subcommand } from './command';
import { mdSubcommands } from './md-commands';
import { imageDeactivate, imageReactivate } from './v2/actions';
import { cacheClear, cacheDelete, cacheList, cacheQueue } from './v2/cache';
import { imageCreate, imageUpload } from './v2/create';
import { imageCreateViaImport } from './v2/create-via-import';
import { imageDelete, imageDownload, imageShow } from './v2/image';
import { imageImport, imageStage, importInfo } from './v2/imports';
import { explain, storesDelete, storesInfo, usage } from './v2/info';
import { imageList } from './v2/list';
import { addLocation, locationAdd, locationDelete, locationUpdate } from './v2/locations';
import { memberCreate, memberDelete, memberGet, memberList, memberUpdate } from './v2/members';
import { imageTagDelete, imageTagUpdate } from './v2/tags';
import { imageTasks, taskCreate, taskList, taskShow } from './v2/tasks';
import { imageUpdate } from './v2/update';

/** The subcommands that call the API. */
export const subcommands: readonly Subcommand[] = [
  addLocation,
  cacheClear,
  cacheDelete,
  cacheList,
  cacheQueue,
  explain,
  imageCreate,
  imageCreateViaImport,
  imageDeactivate,
  imageDelete,
  imageDownload,
  imageImport,
  imageList,
  imageReactivate,
  imageShow,
  imageStage,
  imageTagDelete,
  imageTagUpdate,
  imageTasks,
  imageUpdate,
  imageUpload,
  importInfo,
  locationAdd,
  locationDelete,
  locationUpdate,
  ...mdSubcommands,
  memberCreate,
  memberDelete,
  memberGet,
  memberList,
  memberUpdate,
  storesDelete,
  storesInfo,
  taskCreate,
  taskList,
  taskShow,
  usage,
];
