import type { ResolvedCommandContext } from 'just-bash';

/** One character a byte. just-bash's own function of this name is not in its bundle for browsers. */
export function latin1FromBytes(bytes: ResolvedCommandContext['stdin']): string {
  return String(bytes);
}

export function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return parts.join('');
}
