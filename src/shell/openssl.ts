import { defineCommand } from 'just-bash';
import type { Command, ExecResult } from 'just-bash';
import { latin1 } from './bytes';

const OPTIONS_NOT_HERE = new Set(
  '-help -engine -out -rand -writerand -provider-path -provider -propquery'.split(' '),
);

/** What a page asks for at once is 32 bytes; a browser holds much more, but not what a number of ten digits means. */
const MOST = 2 ** 24;

/**
 * `openssl rand [-hex|-base64] COUNT`: random bytes of the platform, not the sandbox's repeatable ones, so that a key made here
 * is as good as one made elsewhere. The texts are those of OpenSSL 3.0.
 */
export const opensslCommand: Command = defineCommand('openssl', async ([name, ...args]) =>
  name === 'rand' ? rand(args) : notHere(`openssl ${name ?? ''}`.trim()),
);

function rand(args: readonly string[]): ExecResult {
  let form: 'bytes' | 'hex' | 'base64' = 'bytes';
  const words = [...args];
  for (let word = words[0]; word !== undefined && /^-./.test(word); word = words[0]) {
    words.shift();
    const option = word.replace(/^--/, '-');
    if (option === '-hex' || option === '-base64') form = option === '-hex' ? 'hex' : 'base64';
    else if (OPTIONS_NOT_HERE.has(option)) return notHere(`openssl rand ${option}`);
    else return refused(`Unknown option: ${word}`);
  }
  const [text] = words;
  const count = text === undefined ? 0 : wholeNumber(text);
  if (count === undefined) return refused(`Can't parse "${text ?? ''}" as a number`);
  if (Math.abs(count) > 2 ** 31 - 1) return refused(`Value "${text ?? ''}" outside integer range`);
  if (words.length > 1 || (text !== undefined && count <= 0)) return refused();
  if (count > MOST) return notHere(`openssl rand of more than ${MOST} bytes`);
  const bytes = randomBytes(count);
  if (form === 'bytes') return { stdout: latin1(bytes), stdoutKind: 'bytes', stderr: '', exitCode: 0 };
  const lines = form === 'hex' ? `${hex(bytes)}\n` : btoa(latin1(bytes)).replace(/.{1,64}/g, '$&\n');
  return { stdout: lines, stderr: '', exitCode: 0 };
}

/** A number as C's `strtol` reads it: `0x10` and `010` are numbers too. */
function wholeNumber(text: string): number | undefined {
  const [, sign, digits = ''] = /^\s*([+-]?)(0x[\da-f]+|\d+)$/i.exec(text) ?? [];
  if (digits === '' || digits.length > 18) return undefined;
  const octal = /^0[0-7]+$/.test(digits);
  if (/^0\d/.test(digits) && !octal) return undefined;
  const value = octal ? Number.parseInt(digits, 8) : Number(digits);
  return sign === '-' ? -value : value;
}

function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  // the platform gives no more at once
  for (let at = 0; at < count; at += 65_536)
    globalThis.crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function refused(why?: string): ExecResult {
  const first = why === undefined ? '' : `rand: ${why}\n`;
  return { stdout: '', stderr: `${first}rand: Use -help for summary.\n`, exitCode: 1 };
}

function notHere(what: string): ExecResult {
  const stderr = `${what}: not in this sandbox, which has only openssl rand -hex and -base64. Read about it at https://docs.openssl.org/\n`;
  return { stdout: '', stderr, exitCode: 127 };
}
