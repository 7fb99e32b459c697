import type { Bytes } from './bytes';

/** What a file can be. */
export interface Kind {
  /** What `--mime-type` says of it. */
  mime: string;
  /** What it says of these bytes; undefined if they are something else. */
  describe(bytes: Bytes): string | undefined;
}
