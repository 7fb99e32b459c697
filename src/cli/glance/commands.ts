import type { Subcommand } from './command';
import {
  imageCreate,
  imageDelete,
  imageDownload,
  imageList,
  imageShow,
  imageTagDelete,
  imageTagUpdate,
  imageUpdate,
  imageUpload,
} from './v2/image';

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
