import { CommandError } from './errors';

/** `bytes.decode('utf-8')`. @throws {@link CommandError} in Python's words. */
export function decodeUtf8(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(data);
    const at = new TextEncoder().encode(lenient.slice(0, lenient.indexOf('\ufffd'))).length;
    const byte = (data[at] ?? 0).toString(16).padStart(2, '0');
    throw new CommandError(`'utf-8' codec can't decode byte 0x${byte} in position ${at}: invalid start byte`);
  }
}
