/** A request as a command that sends it again. */
import type { Exchange } from './exchange';
import { PASSWORD, SECRET, TOKEN } from './secret-mask';

/** Stands for data that are not text. */
export const FILE = '@FILE';

/** Headers that curl sends by itself, or that say only which program asked. */
const LEFT_OUT = new Set(['user-agent', 'accept-encoding', 'content-length', 'connection', 'host']);

/**
 * The `curl` command for a request. Secrets are shell variables: `$TOKEN`, and `$OS_PASSWORD` as an openrc file
 * sets it. Data that are not text are to be in a file.
 *
 * @example
 * asCurl(exchange); // curl -sS -H "X-Auth-Token: $TOKEN" https://openstack.example/image/v2/images
 */
export function asCurl({ method, url, requestHeaders, requestBody }: Exchange): string {
  const words = ['curl', '-sS'];
  if (method === 'HEAD') words.push('-I');
  else if (method !== (requestBody ? 'POST' : 'GET')) words.push('-X', method);
  for (const [name, value] of requestHeaders) {
    if (LEFT_OUT.has(name) || (name === 'accept' && value === '*/*')) continue;
    words.push('-H', quoted(`${title(name)}: ${value}`));
  }
  if (requestBody) {
    if ('text' in requestBody) words.push('-d', quoted(requestBody.text));
    else words.push('--data-binary', FILE);
  }
  if (/[[\]{}]/.test(url)) words.push('-g');
  return [...words, quoted(url)].join(' ');
}

const VARIABLES = new RegExp(`(${[TOKEN, PASSWORD, SECRET].map((name) => `\\${name}`).join('|')})`);

/** A word for the shell, in which only our own variables are variables. */
function quoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const parts = text.split(VARIABLES);
  if (parts.length === 1) return single(text);
  if (!/["`\\]/.test(text) && parts.every((part, i) => i % 2 === 1 || !part.includes('$')))
    return `"${text}"`;
  return parts.map((part, i) => (i % 2 === 1 ? `"${part}"` : part === '' ? '' : single(part))).join('');
}

function single(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function title(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
