import type { Subcommand } from './command';
import { imageCreate, imageUpload } from './v2/create';
import { imageDelete, imageDownload, imageShow } from './v2/image';
import { imageList } from './v2/list';
import { imageTagDelete, imageTagUpdate } from './v2/tags';
import { imageUpdate } from './v2/update';

/** The subcommands that call the API. */
export const subcommands: readonly Subcommand[] = [
  imageCreate,
  imageDelete,
  imageDownload,
  imageList,
  imageShow,
  imageTagDelete,
  imageTagUpdate,
  imageUpdate,
  imageUpload,
];
