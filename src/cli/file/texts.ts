/** Texts, by their characters and their lines. Models encoding.c, ascmagic.c, is_json.c and is_csv.c of file 5.46. */
import type { Bytes } from './bytes';

/** How much of a file its characters are known by. */
const ENCODING_MAX = 64 * 1024;

/** A longer line is told of. */
const MAX_LINE = 300;

export interface TextKind {
  description: string;
  mime: string;
  charset: string;
}

interface Encoding {
  name: string;
  charset: string;
}

/** What the text is; undefined if it is none. */
export function describeText(bytes: Bytes): TextKind | undefined {
  const all = withoutTrailingZeros(bytes.data);
  const encoding = all.length <= 1 ? undefined : encodingOf(all.subarray(0, ENCODING_MAX));
  if (encoding === undefined) return undefined;
  // zeros at the end are no part of the text, but then its encoding is that of no text
  const charset = all.length < bytes.data.length ? 'binary' : encoding.charset;
  const text = new TextDecoder(encoding.charset === 'iso-8859-1' ? 'latin1' : 'utf-8').decode(
    all.subarray(0, ENCODING_MAX),
  );
  if (isJson(bytes.data)) return { description: 'JSON text data', mime: 'application/json', charset };
  if (isCsv(text)) return { description: `CSV ${encoding.name} text`, mime: 'text/csv', charset };
  const { say = '', mime = 'text/plain', alone } = CONTENTS.find(({ when }) => when.test(text)) ?? {};
  if (alone) return { description: say, mime, charset };
  const executable = say.endsWith(' text executable');
  const what = say.replace(/ text( executable)?$/, '');
  const description = `${what}${what === '' ? '' : ', '}${encoding.name} text${executable ? ' executable' : ''}${lines(text)}`;
  return { description, mime, charset };
}

/** Of an even number of bytes an even number stays. */
function withoutTrailingZeros(data: Uint8Array): Uint8Array {
  let length = data.length;
  while (length > 0 && data[length - 1] === 0) length--;
  if (data.length % 2 === 0) length += length % 2;
  return data.subarray(0, length);
}

function encodingOf(data: Uint8Array): Encoding | undefined {
  const ascii = data.every((byte) => byte < 0x7f && isText(byte));
  if (ascii) return { name: 'ASCII', charset: 'us-ascii' };
  const low = data.every((byte) => byte >= 0x80 || isText(byte));
  if (!low) return undefined;
  if (isUtf8(data)) {
    const mark = data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
    return { name: `Unicode text, UTF-8${mark ? ' (with BOM)' : ''}`, charset: 'utf-8' };
  }
  if (data.every((byte) => byte < 0x80 || byte === 0x85 || byte >= 0xa0))
    return { name: 'ISO-8859', charset: 'iso-8859-1' };
  return { name: 'Non-ISO extended-ASCII', charset: 'unknown-8bit' };
}

/** BEL, BS, HT, LF, VT, FF, CR, ESC, and what can be printed. */
function isText(byte: number): boolean {
  return (byte >= 7 && byte <= 13) || byte === 27 || (byte >= 32 && byte < 127);
}

/** A character that is cut off at the end is no fault. */
function isUtf8(data: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Lists and objects; a bare number or word is a text. */
function isJson(data: Uint8Array): boolean {
  const start = String.fromCharCode(...data.subarray(0, 256)).trimStart();
  if (!/^[[{]/.test(start)) return false;
  try {
    JSON.parse(new TextDecoder().decode(data));
    return true;
  } catch {
    return false;
  }
}

/** At least two lines, as many commas in each, two at least; ten lines are looked at. */
function isCsv(text: string): boolean {
  const rows = text
    .replace(/"(?:[^"]|"")*"/g, '')
    .split('\n')
    .slice(0, -1)
    .slice(0, 10);
  const commas = rows.map((row) => row.split(',').length - 1);
  const [first = 0] = commas;
  return rows.length >= 2 && first > 1 && commas.every((count) => count === first);
}

interface Content {
  when: RegExp;
  say: string;
  mime: string;
  /** Whether nothing is said of characters and lines beside it. */
  alone?: true;
}

const script = (interpreter: string): RegExp =>
  new RegExp(`^#! ?(/usr/bin/env +|(/usr(/local)?)?/bin/)${interpreter}`);
const key = (label: string): RegExp => new RegExp(`^-----BEGIN ${label}`);

/** What a text is for, by its first line. */
const CONTENTS: readonly Content[] = [
  { when: /^<\?xml version="1\.0/, say: 'XML 1.0 document text', mime: 'text/xml' },
  { when: /^<\?xml version="1\.1/, say: 'XML 1.1 document text', mime: 'text/xml' },
  { when: script('bash'), say: 'Bourne-Again shell script text executable', mime: 'text/x-shellscript' },
  { when: /^#! ?\/bin\/sh/, say: 'POSIX shell script text executable', mime: 'text/x-shellscript' },
  { when: script('python'), say: 'Python script text executable', mime: 'text/x-script.python' },
  {
    when: key('OPENSSH PRIVATE KEY-----'),
    say: 'OpenSSH private key',
    mime: 'application/x-pem-file',
    alone: true,
  },
  {
    when: key('PRIVATE KEY-----'),
    say: 'OpenSSH private key (no password)',
    mime: 'text/x-ssh-private-key',
    alone: true,
  },
  { when: key('RSA PRIVATE'), say: 'PEM RSA private key', mime: 'text/x-ssl-private-key', alone: true },
  { when: key('CERTIFICATE-----'), say: 'PEM certificate', mime: 'text/plain', alone: true },
  { when: /^ssh-rsa /, say: 'OpenSSH RSA public key', mime: 'text/x-ssh-public-key', alone: true },
  {
    when: /^ecdsa-sha2-nistp(256|384|521)/,
    say: 'OpenSSH ECDSA public key',
    mime: 'text/x-ssh-public-key',
    alone: true,
  },
  { when: /^ssh-ed25519/, say: 'OpenSSH ED25519 public key', mime: 'text/x-ssh-public-key', alone: true },
];

function lines(text: string): string {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  const cr = text.match(/\r(?!\n|$)/g)?.length ?? 0;
  const lf = text.match(/(?<!\r)\n/g)?.length ?? 0;
  const nel = text.match(/\x85/g)?.length ?? 0;
  const longest = Math.max(...text.split(/[\r\n\x85]/).map((line) => [...line].length));
  let said = longest > MAX_LINE ? `, with very long lines (${longest})` : '';
  const ends = [
    ...(crlf > 0 ? ['CRLF'] : []),
    ...(cr > 0 ? ['CR'] : []),
    ...(lf > 0 ? ['LF'] : []),
    ...(nel > 0 ? ['NEL'] : []),
  ];
  if (ends.length === 0) said += ', with no line terminators';
  else if (crlf + cr + nel > 0) said += `, with ${ends.join(', ')} line terminators`;
  if (text.includes('\x1b')) said += ', with escape sequences';
  return text.includes('\b') ? `${said}, with overstriking` : said;
}
