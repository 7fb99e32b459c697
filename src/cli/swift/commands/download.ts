/** `swift download`: `st_download` of swiftclient/shell.py. */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { checkThreads, hasSlash, header, usageError, type Run, type SwiftCommand } from '../command';
import { downloadObject, pathOf, type Downloaded } from '../download-object';
import { ClientException, Exit, SwiftError, words as wordsOf } from '../exceptions';
import { threads } from '../options';
import { accountPages, containerPages, nameOf } from '../service';

export const download: SwiftCommand = {
  name: 'download',
  summary: 'Downloads objects as files.',
  usage: `[--all] [--marker <marker>] [--prefix <prefix>]
                      [--output <out_file>] [--output-dir <out_directory>]
                      [--object-threads <threads>] [--ignore-checksum]
                      [--container-threads <threads>] [--no-download]
                      [--skip-identical] [--remove-prefix]
                      [--version-id <version_id>]
                      [--header <header:value>] [--no-shuffle]
                      [<container> [<object>] [...]]
`,
  help: `
Downloads objects as files.

Positional arguments:
  [<container>]           The container; alone, all its objects come.
  [<object>]              An object. Several may follow.

Optional arguments:
  -a, --all             All objects of all containers.
  -m, --marker <marker> Only names after this one.
  -p, --prefix <prefix> Only names that begin so.
  -r, --remove-prefix   Leave the prefix out of the files' names.
  -o, --output <out_file>
                        For one object: the file, or - for standard output.
  -D, --output-dir <out_directory>
                        The folder to put the files into.
  --object-threads <threads>
                        How many objects at a time. Default: 10.
  --container-threads <threads>
                        How many containers at a time. Default: 10.
  --no-download         Write no files.
  -H, --header <header:value>
                        A header to send with the requests, such as Range.
                        Repeat it to send several.
  --skip-identical      Only objects that differ from the files.
  --version-id <version-id>
                        This version of the object.
  --ignore-checksum     Do not compare checksums.
  --no-shuffle          In the order of the listing. So it is done here
                        anyway; the real program shuffles without it.
  --ignore-mtime        Do not give the files the times that they had when
                        they were uploaded.`.trim(),
  arguments: [
    { names: ['-a', '--all'], action: 'store_true', dest: 'yes_all', default: false },
    { names: ['-m', '--marker'], dest: 'marker', default: '' },
    { names: ['-p', '--prefix'], dest: 'prefix' },
    { names: ['-o', '--output'], dest: 'out_file' },
    { names: ['-D', '--output-dir'], dest: 'out_directory' },
    { names: ['-r', '--remove-prefix'], action: 'store_true', dest: 'remove_prefix', default: false },
    threads('object', 'download objects'),
    threads('container', 'download containers'),
    { names: ['--no-download'], action: 'store_true', default: false },
    header('A header to send with the requests.'),
    { names: ['--skip-identical'], action: 'store_true', dest: 'skip_identical', default: false },
    { names: ['--version-id'] },
    { names: ['--ignore-checksum'], action: 'store_false', dest: 'checksum', default: true },
    { names: ['--no-shuffle'], action: 'store_false', dest: 'shuffle', default: true },
    { names: ['--ignore-mtime'], action: 'store_true', dest: 'ignore_mtime', default: false },
  ],
  async run(run, args, words) {
    const [container, ...objects] = words;
    if (args.string('out_file') && words.length !== 2)
      throw new Exit('-o option only allowed for single file downloads');
    if (args.string('out_directory') && words.length === 2)
      throw new Exit('Please use -o option for single file downloads and renames');
    if ((container === undefined) !== args.flag('yes_all')) return usageError(run, download);
    if (args.string('version_id') && words.length < 2)
      throw new Exit('--version-id option only allowed for object downloads');
    if (!checkThreads(run, download, args, 'object')) return;
    if (!checkThreads(run, download, args, 'container')) return;
    try {
      if (container === undefined) {
        const pages = accountPages(run.containers, { prefix: args.string('prefix') });
        for await (const page of pages)
          for (const item of page) await downloadContainer(run, nameOf(item), args);
      } else if (hasSlash(run, container)) return;
      else if (objects.length === 0) await downloadContainer(run, container, args);
      else for (const object of objects) await downloadOne(run, container, object, args);
    } catch (error) {
      if (error instanceof SwiftError || run.program.signal?.aborted) throw error;
      run.out.error(wordsOf(error));
    }
  },
};

async function downloadContainer(run: Run, container: string, args: ParsedArgs): Promise<void> {
  const pages = containerPages(run.containers, container, {
    marker: args.string('marker') ?? '',
    prefix: args.string('prefix'),
  });
  for await (const page of pages)
    for (const item of page) await downloadOne(run, container, nameOf(item), args);
}

async function downloadOne(run: Run, container: string, object: string, args: ParsedArgs): Promise<void> {
  const { out } = run;
  try {
    const result = await downloadObject(run, container, object, args);
    if ((args.number('verbose') ?? 1) > 0 && args.string('out_file') !== '-') out.print(line(result));
  } catch (error) {
    const known =
      error instanceof ClientException || error instanceof SwiftError || error instanceof CommandError;
    if (run.program.signal?.aborted || !(known || error instanceof Error)) throw error;
    if (args.string('out_file') === '-' && error instanceof SwiftError) throw error;
    run.log.exception(error);
    const status = error instanceof ClientException ? error.status : undefined;
    if (status === 304 && args.flag('skip_identical'))
      return out.print(`Skipped identical file '${pathOf(container, object, args)}'`);
    if (status === 404) return out.error(`Object '${container}/${object}' not found`);
    const id =
      error instanceof ClientException || error instanceof SwiftError ? error.transactionId : undefined;
    const none = error instanceof ClientException || error instanceof SwiftError ? 'None' : 'unknown';
    out.error(
      `Error downloading object '${container}/${object}': ${wordsOf(error)}\nFailed Transaction ID: ${id ?? none}`,
    );
  }
}

/** How long it took. In the sandbox no time goes by meanwhile, so nothing has a speed. */
function line({ path, auth, headers, total, bytes, pseudoFolder, attempts }: Downloaded): string {
  const seconds = total - auth;
  const speed = seconds > 0 ? bytes / seconds / 1e6 : 0;
  const end = pseudoFolder ? 'pseudo' : `${speed.toFixed(3)} MB/s`;
  const times = `auth ${auth.toFixed(3)}s, headers ${headers.toFixed(3)}s, total ${total.toFixed(3)}s, ${end}`;
  return `${path} [${times}${attempts > 1 ? ` after ${attempts} attempts` : ''}]`;
}
