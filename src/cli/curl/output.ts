/** What curl prints of a transfer and writes to files: `src/tool_cb_wrt.c`, `src/tool_operate.c` of curl. */
import { FileError, type ProgramContext, type ProgramResult } from '../program';
import type { CurlConfig } from './options';
import { TransferError } from './request';
import type { Transfer } from './transfer';

/** Standard output as text or bytes, and standard error. */
export class Output {
  stderr = '';
  readonly #parts: (string | Blob)[] = [];

  print(part: string | Blob): void {
    this.#parts.push(part);
  }

  async end(exitCode: number): Promise<ProgramResult> {
    const bytes = new Uint8Array(await new Blob(this.#parts).arrayBuffer());
    return { stdout: asText(bytes) ?? bytes, stderr: this.stderr, exitCode };
  }
}

function asText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const BINARY = `Warning: Binary output can mess up your terminal. Use "--output -" to tell 
Warning: curl to output it to your terminal anyway, or consider "--output 
Warning: <FILE>" to save to a file.
`;

/** Where the body goes: a file, or standard output when undefined. */
export function target(
  output: string | undefined,
  remoteName: boolean,
  { url }: Transfer,
): string | undefined {
  if (remoteName) return url.pathname.split('/').filter(Boolean).at(-1) ?? 'curl_response';
  return output === '-' ? undefined : output;
}

/** Prints or writes headers and body. @throws {@link TransferError} when that fails. */
export async function deliver(
  done: Transfer,
  file: string | undefined,
  config: CurlConfig,
  context: ProgramContext,
  out: Output,
): Promise<void> {
  const { flags, values } = config;
  const failed = flags.has('fail') && (done.response?.status ?? 0) >= 400;
  const dump = values['dump-header'];
  if (dump === '-') out.print(done.heads);
  else if (dump !== undefined) await write(dump, done.heads, context);
  const heads = flags.has('show-headers') || flags.has('head') ? done.heads : '';
  const body = failed ? new Blob([]) : done.body;
  if (file !== undefined) {
    const all = new Blob([heads, body]);
    if (all.size > 0) await write(inFolder(values['output-dir'], file), all, context);
    return;
  }
  out.print(heads);
  if (context.stdoutIsTerminal && config.outputs.length === 0 && (await isBinary(body))) {
    if (!flags.has('silent')) out.stderr += BINARY;
    throw new TransferError(23, '');
  }
  out.print(body);
}

/** curl looks for a zero byte in what it is about to print. */
async function isBinary(body: Blob): Promise<boolean> {
  return new Uint8Array(await body.slice(0, 2000).arrayBuffer()).includes(0);
}

function inFolder(folder: string | undefined, file: string): string {
  return folder === undefined ? file : `${folder.replace(/\/$/, '')}/${file}`;
}

async function write(path: string, data: string | Blob, { files }: ProgramContext): Promise<void> {
  if (path === '/dev/null') return;
  try {
    await files.write(path, data);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const size = typeof data === 'string' ? data.length : data.size;
    throw new TransferError(23, `client returned ERROR on write of ${size} bytes`);
  }
}

const METER = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;

/** The progress meter as it stands at the end. A transfer in the sandbox takes no time that could be told. */
export function meter({ body, sent, response }: Transfer): string {
  const total = body.size + sent;
  const part = (size: number) => `${size > 0 ? '100' : '  0'} ${short(size)}`;
  const percent = total > 0 && response !== undefined ? '100' : '  0';
  const line = `${percent} ${short(total)}  ${part(body.size)}  ${part(sent)}      0      0 --:--:-- --:--:-- --:--:--     0`;
  return `${METER}${line}\n`;
}

/** Five characters for a number of bytes, as the meter writes it. */
function short(size: number): string {
  if (size < 100_000) return String(size).padStart(5);
  if (size < 10_000 * 1024) return `${Math.floor(size / 1024)}k`.padStart(5);
  const mega = size / 1024 ** 2;
  return (mega < 100 ? `${mega.toFixed(1)}M` : `${Math.floor(mega)}M`).padStart(5);
}
