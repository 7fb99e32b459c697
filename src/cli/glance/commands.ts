import type { Subcommand } from './command';
import { mdSubcommands } from './md-commands';
import { imageDeactivate, imageReactivate } from './v2/actions';
import { imageCreate, imageUpload } from './v2/create';
import { imageDelete, imageDownload, imageShow } from './v2/image';
import { imageList } from './v2/list';
import { memberCreate, memberDelete, memberGet, memberList, memberUpdate } from './v2/members';
import { imageTagDelete, imageTagUpdate } from './v2/tags';
import { imageUpdate } from './v2/update';

/** The subcommands that call the API. */
export const subcommands: readonly Subcommand[] = [
  imageCreate,
  imageDeactivate,
  imageDelete,
  imageDownload,
  imageList,
  imageReactivate,
  imageShow,
  imageTagDelete,
  imageTagUpdate,
  imageUpdate,
  imageUpload,
  ...mdSubcommands,
  memberCreate,
  memberDelete,
  memberGet,
  memberList,
  memberUpdate,
];
