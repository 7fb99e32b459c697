const PIECE = 2 ** 22;
/** A Blob made of more pieces than this is made of larger ones. */
const MAX_PIECES = 1024;

/** Zeros that take no room: the same piece again and again. */
export function zeros(length: bigint | number): Blob {
  let left = Number(length);
  let piece = new Blob([new Uint8Array(Math.min(PIECE, left))]);
  while (piece.size > 0 && left / piece.size > MAX_PIECES)
    piece = new Blob(new Array<Blob>(MAX_PIECES).fill(piece));
  const parts: Blob[] = [];
  for (; left >= piece.size && piece.size > 0; left -= piece.size) parts.push(piece);
  if (left > 0) parts.push(left < PIECE ? new Blob([new Uint8Array(left)]) : zeros(left));
  return new Blob(parts);
}
