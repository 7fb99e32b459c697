/** `curl`, as far as OpenStack's APIs need it. Models curl 8.14: `src/tool_operate.c`. */
import { interruptible, SIGINT_EXIT } from '../interrupt';
import type { Program, ProgramContext } from '../program';
import { encode, headerLines, joinData, openUpload, readInput, ReadError } from './data';
import { expandUrl, UrlError } from './glob';
import { help, VERSION_TEXT } from './help';
import { parseOptions, UsageError, type CurlConfig } from './options';
import { deliver, meter, Output, target } from './output';
import { TransferError, withQuery } from './request';
import { redirectOf, transfer, type Payload, type Transfer } from './transfer';
import { writeOut, type TransferFacts } from './write-out';

const TRY = "curl: try 'curl --help' or 'curl --manual' for more information";

const TWO_METHODS = `Warning: You can only select one HTTP request method! You asked for both POST 
Warning: (-d, --data) and HEAD (-I, --head).
`;

/** Runs `curl`. */
export const curl: Program = async (outer) => {
  const out = new Output();
  try {
    const config = parseOptions(outer.args);
    return await out.end(await run(config, interruptible(outer), out));
  } catch (error) {
    return out.end(failure(error, outer, out));
  }
};

/** The exit code, after the message is printed. */
function failure(error: unknown, { signal }: ProgramContext, out: Output): number {
  if (signal?.aborted) return SIGINT_EXIT;
  if (error instanceof UsageError) {
    out.stderr += `curl: ${error.message}\n${TRY}\n`;
    return 2;
  }
  if (error instanceof ReadError) {
    out.stderr += [...error.lines, TRY, ...(error.last === undefined ? [] : [error.last]), ''].join('\n');
    return 26;
  }
  throw error;
}

async function run(config: CurlConfig, context: ProgramContext, out: Output): Promise<number> {
  const { flags } = config;
  if (flags.has('help') || flags.has('version')) {
    out.print(flags.has('help') ? help() : VERSION_TEXT);
    return 0;
  }
  const headers = await headerLines(config.headers, context);
  const data = await joinData(config.data, context);
  const format = await writeOutFormat(config, context);
  if (config.urls.length === 0) {
    out.stderr += `${context.args.length === 0 ? '' : 'curl: (2) no URL specified\n'}${TRY}\n`;
    return 2;
  }
  if (flags.has('head') && data !== undefined && !flags.has('get')) {
    out.stderr += TWO_METHODS;
    return 2;
  }
  const query = config.query.map(queryPart);
  if (flags.has('get') && data !== undefined) query.push(typeof data === 'string' ? data : await data.text());
  let exitCode = 0;
  let number = 0;
  for (const [index, pattern] of config.urls.entries()) {
    const name = config.uploads[index];
    const payload: Payload = {
      data,
      headers,
      upload: name === undefined ? undefined : await openUpload(name, context),
    };
    const urls = expand(pattern, config, out);
    if (urls === undefined) return 3;
    for (const url of urls) {
      const address = withQuery(name === undefined ? url : withName(url, name), query);
      const done = await transfer(address, config, payload, context);
      const remoteName = index < config.outputs.length && config.outputs[index] === undefined;
      const file = target(config.outputs[index], remoteName, done);
      exitCode = await finish({ done, address, file, number: number++ }, format, config, context, out);
    }
  }
  return exitCode;
}

function expand(pattern: string, { flags }: CurlConfig, out: Output): string[] | undefined {
  try {
    return flags.has('globoff') ? [pattern] : expandUrl(pattern);
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    if (errorsShown(flags)) out.stderr += `curl: (3) ${error.message}\n`;
    return undefined;
  }
}

interface Ended {
  done: Transfer;
  address: string;
  /** Where the body goes; standard output when undefined. */
  file: string | undefined;
  number: number;
}

/** Prints what came, what went wrong, and what `-w` asks for. */
async function finish(
  ended: Ended,
  format: string | undefined,
  config: CurlConfig,
  context: ProgramContext,
  out: Output,
): Promise<number> {
  const { flags } = config;
  const { done, file } = ended;
  const status = done.response?.status ?? 0;
  const toTerminal = file === undefined && context.stdoutIsTerminal;
  if (!flags.has('silent') && flags.has('progress-meter') && !toTerminal) out.stderr += meter(done);
  if (flags.has('verbose'))
    out.stderr += toTerminal ? done.log.replace(/^[{}] \[\d+ bytes data\]\n/gm, '') : done.log;
  let { error } = done;
  if (error === undefined) {
    try {
      await deliver(done, file, config, context, out);
    } catch (thrown) {
      if (!(thrown instanceof TransferError)) throw thrown;
      error = thrown;
    }
  }
  if (error === undefined && status >= 400 && (flags.has('fail') || flags.has('fail-with-body')))
    error = new TransferError(22, `The requested URL returned error: ${status}`);
  if (error !== undefined && error.message !== '' && errorsShown(flags))
    out.stderr += `curl: (${error.code}) ${error.message}\n`;
  if (format !== undefined) {
    const printed = writeOut(format, factsOf(ended, error), done.response?.headers);
    out.print(printed.stdout);
    out.stderr += printed.stderr;
    for (const [path, text] of printed.files) await context.files.write(path, text);
  }
  return error?.code ?? 0;
}

function errorsShown(flags: CurlConfig['flags']): boolean {
  return !flags.has('silent') || flags.has('show-error');
}

/** The variables of `-w`. Nothing in the sandbox takes time. */
function factsOf({ done, file, number }: Ended, error: TransferError | undefined): TransferFacts {
  const { url, response, body } = done;
  const status = response?.status ?? 0;
  return {
    content_type: response?.headers.get('content-type') ?? null,
    errormsg: error?.message ?? null,
    exitcode: error?.code ?? 0,
    filename_effective: file ?? null,
    http_code: status,
    http_version: response === undefined ? '0' : '1.1',
    method: done.method,
    num_connects: response === undefined ? 0 : 1,
    num_headers: done.headerCount,
    num_redirects: done.redirects,
    redirect_url: redirectOf(done)?.href ?? null,
    response_code: status,
    scheme: url.protocol.slice(0, -1),
    size_download: body.size,
    size_header: done.heads.length,
    size_upload: done.sent,
    speed_download: 0,
    speed_upload: 0,
    time_appconnect: 0,
    time_connect: 0,
    time_namelookup: 0,
    time_pretransfer: 0,
    time_redirect: 0,
    time_starttransfer: 0,
    time_total: 0,
    url: url.href,
    url_effective: url.href,
    'url.host': url.hostname,
    'url.path': url.pathname,
    'url.query': url.search.slice(1) || null,
    'url.scheme': url.protocol.slice(0, -1),
    urlnum: number,
  };
}

async function writeOutFormat(
  { values, typed }: CurlConfig,
  context: ProgramContext,
): Promise<string | undefined> {
  const format = values['write-out'];
  if (!format?.startsWith('@')) return format;
  const file = await readInput(format.slice(1), context);
  const option = typed['write-out'] ?? '-w';
  if (!file)
    throw new ReadError([`curl: option ${option}: error encountered when reading a file`], undefined);
  return file.text();
}

/** `name=content` encodes the content; a leading `+` says that it is encoded already. */
function queryPart(text: string): string {
  if (text.startsWith('+')) return text.slice(1);
  const at = text.indexOf('=');
  return at < 0 ? encode(text) : `${text.slice(0, at)}=${encode(text.slice(at + 1))}`;
}

/** A URL that ends in a slash goes on with the name of the file that is sent. */
function withName(url: string, file: string): string {
  return /:\/\/[^/]+\/(?:[^?#]*\/)?$/.test(url) ? url + (file.split('/').at(-1) ?? '') : url;
}
