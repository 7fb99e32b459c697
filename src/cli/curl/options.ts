/** What curl's command line means: `src/tool_getparam.c` of curl 8.14. */

/** Where a request's data come from, in the order in which the options stand. */
export interface DataPart {
  /** The option, as typed, for messages. */
  option: string;
  how: 'text' | 'binary' | 'raw' | 'urlencode' | 'json';
  value: string;
}

export interface CurlConfig {
  urls: string[];
  /** For each URL in turn: a file, or `undefined` for the URL's own last part. */
  outputs: (string | undefined)[];
  uploads: string[];
  data: DataPart[];
  headers: string[];
  query: string[];
  flags: Set<Flag>;
  values: Partial<Record<Value, string>>;
  /** The option that was typed last for a value, for messages. */
  typed: Partial<Record<Value, string>>;
}

export type Flag =
  | 'fail'
  | 'fail-with-body'
  | 'get'
  | 'globoff'
  | 'head'
  | 'help'
  | 'location'
  | 'progress-meter'
  | 'remote-name-all'
  | 'show-error'
  | 'show-headers'
  | 'silent'
  | 'verbose'
  | 'version'
  | 'without-effect';

export type Value =
  | 'dump-header'
  | 'max-redirs'
  | 'output-dir'
  | 'range'
  | 'referer'
  | 'request'
  | 'user'
  | 'user-agent'
  | 'write-out'
  | 'without-effect';

type Kind =
  | { flag: Flag; off?: true }
  | { value: Value }
  | { list: 'urls' | 'uploads' | 'headers' | 'query' | 'output' }
  | { remoteName: true }
  | { data: DataPart['how'] };

export interface CurlOption {
  long: string;
  short?: string;
  /** Metavariable; options without take no value. */
  takes?: string;
  help: string;
  kind: Kind;
}

const NO_EFFECT = 'Accepted; makes no difference here';
const flag = (long: string, short: string, help: string, name: Flag): CurlOption => ({
  long,
  help,
  kind: { flag: name },
  ...(short !== '' && { short }),
});
const value = (long: string, short: string, takes: string, help: string, kind: Kind): CurlOption => ({
  long,
  takes,
  help,
  kind,
  ...(short !== '' && { short }),
});

/** The options of this curl, in the order of `curl --help all`. */
export const OPTIONS: readonly CurlOption[] = [
  flag('compressed', '', NO_EFFECT, 'without-effect'),
  value('connect-timeout', '', '<seconds>', NO_EFFECT, { value: 'without-effect' }),
  value('data', 'd', '<data>', 'Send this with POST; @FILE reads it', { data: 'text' }),
  value('data-ascii', '', '<data>', 'The same as --data', { data: 'text' }),
  value('data-binary', '', '<data>', 'As --data, but keeps every byte of a file', { data: 'binary' }),
  value('data-raw', '', '<data>', 'As --data, but @ is an ordinary character', { data: 'raw' }),
  value('data-urlencode', '', '<data>', 'As --data, percent-encoded', { data: 'urlencode' }),
  value('dump-header', 'D', '<filename>', "Write the answer's headers to a file", { value: 'dump-header' }),
  flag('fail', 'f', 'Status 400 and above is an error; its body is not shown', 'fail'),
  flag('fail-with-body', '', 'Status 400 and above is an error; its body is shown', 'fail-with-body'),
  flag('get', 'G', 'Put the data into the URL and use GET', 'get'),
  flag('globoff', 'g', 'Take {} and [] in a URL as they are', 'globoff'),
  flag('head', 'I', 'Ask for the headers only', 'head'),
  value('header', 'H', '<header/@file>', 'Send this header too', { list: 'headers' }),
  flag('help', 'h', 'Print this text', 'help'),
  flag('http1.1', '', NO_EFFECT, 'without-effect'),
  flag('insecure', 'k', NO_EFFECT, 'without-effect'),
  flag('ipv4', '4', NO_EFFECT, 'without-effect'),
  flag('ipv6', '6', NO_EFFECT, 'without-effect'),
  value('json', '', '<data>', 'Send JSON with POST and ask for JSON', { data: 'json' }),
  flag('location', 'L', 'Follow redirects', 'location'),
  value('max-redirs', '', '<num>', 'How many redirects to follow at most', { value: 'max-redirs' }),
  value('max-time', 'm', '<seconds>', NO_EFFECT, { value: 'without-effect' }),
  flag('no-buffer', 'N', NO_EFFECT, 'without-effect'),
  { long: 'no-progress-meter', help: 'No progress meter', kind: { flag: 'progress-meter', off: true } },
  value('output', 'o', '<file>', 'Write to a file', { list: 'output' }),
  value('output-dir', '', '<dir>', 'Folder for those files', { value: 'output-dir' }),
  flag('progress-bar', '#', NO_EFFECT, 'without-effect'),
  value('range', 'r', '<range>', 'Ask for these bytes only', { value: 'range' }),
  value('referer', 'e', '<URL>', 'Send this as Referer', { value: 'referer' }),
  {
    long: 'remote-name',
    short: 'O',
    help: "Write to a file named as the URL's last part",
    kind: { remoteName: true },
  },
  value('request', 'X', '<method>', 'Use this method', { value: 'request' }),
  flag('show-error', 'S', 'Show errors even with --silent', 'show-error'),
  flag('show-headers', 'i', "Show the answer's headers too", 'show-headers'),
  flag('include', '', 'The same as --show-headers', 'show-headers'),
  flag('silent', 's', 'No progress meter, no errors', 'silent'),
  value('upload-file', 'T', '<file>', 'Send this file with PUT', { list: 'uploads' }),
  value('url', '', '<url>', 'The URL', { list: 'urls' }),
  value('url-query', '', '<data>', "Add this to the URL's query", { list: 'query' }),
  value('user', 'u', '<user:password>', 'Log in by HTTP Basic', { value: 'user' }),
  value('user-agent', 'A', '<name>', 'Send this as User-Agent', { value: 'user-agent' }),
  flag('verbose', 'v', 'Show the headers of request and answer', 'verbose'),
  flag('version', 'V', 'Print the version', 'version'),
  value('write-out', 'w', '<format>', 'Print this afterwards, such as %{http_code}', { value: 'write-out' }),
];

/** Options that curl has and this one lacks, so that a reader knows which was wrong. */
const ABSENT = new Set(
  `abstract-unix-socket alt-svc anyauth append aws-sigv4 basic ca-native cacert capath cert cert-status cert-type ciphers config
connect-to continue-at cookie cookie-jar create-dirs create-file-mode crlf crlfile curves delegation digest disable doh-url
dns-interface dns-servers engine etag-compare etag-save expect100-timeout fail-early form form-escape form-string hsts http0.9
http1.0 http2 http2-prior-knowledge http3 http3-only interface junk-session-cookies keepalive-time key key-type libcurl limit-rate
local-port location-trusted max-filesize negotiate netrc netrc-file netrc-optional next no-keepalive noproxy ntlm oauth2-bearer
parallel parallel-max pass path-as-is pinnedpubkey post301 post302 post303 proto proto-default proto-redir proxy proxy-user
proxytunnel rate raw remote-header-name remote-name-all remote-time remove-on-error request-target resolve retry retry-all-errors
retry-connrefused retry-delay retry-max-time skip-existing socks5 socks5-hostname speed-limit speed-time ssl ssl-reqd stderr
styled-output tcp-nodelay time-cond tls-max tlsv1.2 tlsv1.3 trace trace-ascii trace-time unix-socket xattr`.split(
    /\s+/,
  ),
);
const ABSENT_SHORT = new Set([...'abBcCEFjJKlMnpPqQRtUxYyzZ0123:']);

const byLong = new Map(OPTIONS.map((option) => [option.long, option]));
const byShort = new Map(OPTIONS.flatMap((option) => (option.short ? [[option.short, option] as const] : [])));

/** A command line that curl refuses, with its message after `curl: `. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws {@link UsageError} */
export function parseOptions(args: readonly string[]): CurlConfig {
  const config: CurlConfig = {
    urls: [],
    outputs: [],
    uploads: [],
    data: [],
    headers: [],
    query: [],
    flags: new Set(['progress-meter']),
    values: {},
    typed: {},
  };
  const words = [...args];
  let onlyUrls = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (onlyUrls || !word.startsWith('-') || word === '-') config.urls.push(word);
    else if (word === '--') onlyUrls = true;
    else if (word.startsWith('--')) long(config, word, words);
    else short(config, word, words);
  }
  return config;
}

function long(config: CurlConfig, word: string, rest: string[]): void {
  const name = word.slice(2);
  const option = byLong.get(name);
  if (option) return set(config, option, word, option.takes === undefined ? undefined : next(word, rest));
  const off = byLong.get(name.replace(/^no-/, ''));
  if (off && 'flag' in off.kind) {
    config.flags.delete(off.kind.flag);
    return;
  }
  throw new UsageError(ABSENT.has(name) ? notHere(word) : `option ${word}: is unknown`);
}

function short(config: CurlConfig, word: string, rest: string[]): void {
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? '';
    const option = byShort.get(letter);
    if (!option)
      throw new UsageError(ABSENT_SHORT.has(letter) ? notHere(`-${letter}`) : `option ${word}: is unknown`);
    if (option.takes === undefined) {
      set(config, option, `-${letter}`, undefined);
      continue;
    }
    const attached = word.slice(at + 1);
    return set(config, option, word, attached === '' ? next(word, rest) : attached);
  }
}

function notHere(option: string): string {
  return `option ${option}: not in this sandbox`;
}

function next(option: string, rest: string[]): string {
  const found = rest.shift();
  if (found === undefined) throw new UsageError(`option ${option}: requires parameter`);
  return found;
}

function set(config: CurlConfig, { kind }: CurlOption, typed: string, given = ''): void {
  if ('flag' in kind) {
    if (kind.off) config.flags.delete(kind.flag);
    else config.flags.add(kind.flag);
  } else if ('value' in kind) {
    config.values[kind.value] = given;
    config.typed[kind.value] = typed;
  } else if ('data' in kind) config.data.push({ option: typed, how: kind.data, value: given });
  else if ('remoteName' in kind) config.outputs.push(undefined);
  else if (kind.list === 'output') config.outputs.push(given);
  else config[kind.list].push(given);
}
