/** All commands of `swift`. */
import type { SwiftCommand } from './command';
import { copy } from './commands/copy';
import { deleteCommand } from './commands/delete';
import { download } from './commands/download';
import { list } from './commands/list';
import { auth, capabilities, info } from './commands/others';
import { post } from './commands/post';
import { stat } from './commands/stat';
import { tempurl } from './commands/tempurl';
import { upload } from './commands/upload';

/** In the order of the real program's help; `bash_completion` is beside them. */
export const COMMANDS: readonly SwiftCommand[] = [
  deleteCommand,
  download,
  list,
  post,
  copy,
  stat,
  upload,
  capabilities,
  info,
  tempurl,
  auth,
];
