/** Node's `zlib`, for the shell's `gzip` and `grep -z`: not in the browser's sandbox. */
export const constants = {};

export function gzipSync(): never {
  throw new Error('gzip is not in this sandbox');
}

export function gunzipSync(): never {
  throw new Error('gzip is not in this sandbox');
}
