/** barbican/plugin/util/mime_types.py. */

const PLAIN_TEXT = ['text/plain', 'text/plain;charset=utf-8', 'text/plain; charset=utf-8'];
const BINARY = ['application/octet-stream', 'application/pkcs8'];

export const SUPPORTED: readonly string[] = [...PLAIN_TEXT, ...BINARY];

/** The type without its character set, when that is UTF-8; what is not known stays as it is. */
export function normalizeContentType(type: string): string {
  const [mime = '', charset] = type.split(';').map((part) => part.trim());
  if (charset !== undefined) {
    const [, name] = charset.toLowerCase().split('=');
    if (name?.trim() !== 'utf-8') return type;
  }
  const known = mime.toLowerCase();
  return known === 'text/plain' || BINARY.includes(known) ? known : type;
}

export function isSupported(type: string): boolean {
  return SUPPORTED.includes(normalizeContentType(type));
}

/** Null for text, which is never encoded. */
export function supportedEncodings(type: string): readonly string[] | null {
  return isText(type) ? null : ['base64', 'binary'];
}

export function isText(type: string): boolean {
  return normalizeContentType(type) === 'text/plain';
}
