import { defineCommand } from 'just-bash';
import type { Command } from 'just-bash';
import { latin1, latin1FromBytes } from './bytes';

/** Unpacks gzip to standard output: just-bash's own needs Node's zlib, which browsers have not. */
export const zcatCommand: Command = defineCommand('zcat', async (args, context) => {
  const names = args.filter((arg) => arg === '-' || !arg.startsWith('-'));
  let stdout = '';
  let stderr = '';
  for (const name of names.length > 0 ? names : ['-']) {
    const shown = name === '-' ? 'stdin' : name;
    try {
      const packed =
        name === '-'
          ? Uint8Array.from(latin1FromBytes(context.stdin), (character) => character.charCodeAt(0))
          : await context.fs.readFileBuffer(context.fs.resolvePath(context.cwd, name));
      if (packed[0] !== 0x1f || packed[1] !== 0x8b) stderr += `\ngzip: ${shown}: not in gzip format\n`;
      else stdout += latin1(await gunzip(packed));
    } catch (error) {
      stderr +=
        error instanceof UnexpectedEnd
          ? `\ngzip: ${shown}: unexpected end of file\n`
          : `gzip: ${shown}: No such file or directory\n`;
    }
  }
  return { stdout, stdoutKind: 'bytes', stderr, exitCode: stderr === '' ? 0 : 1 };
});

/** The packed data are cut off or damaged. */
export class UnexpectedEnd extends Error {}

/** @throws {@link UnexpectedEnd} */
export async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new UnexpectedEnd();
  }
}
