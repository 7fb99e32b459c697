/** `swift upload`: `st_upload` of swiftclient/shell.py. */
import { int } from '../../arguments';
import { checkThreads, header, usageError, type Run, type SwiftCommand } from '../command';
import { ClientException, SwiftError, words as wordsOf } from '../exceptions';
import { threads } from '../options';
import { createContainer, policyHeader } from '../upload-container';
import { uploadObject, type UploadSource } from '../upload-object';

const STDIN_SEGMENT = 10 * 2 ** 20;

export const upload: SwiftCommand = {
  name: 'upload',
  summary: 'Uploads files and folders to a container.',
  usage: `[--changed] [--skip-identical] [--segment-size <size>]
                    [--segment-container <container>] [--leave-segments]
                    [--object-threads <thread>] [--segment-threads <threads>]
                    [--meta <name:value>] [--header <header>] [--use-slo]
                    [--use-dlo] [--ignore-checksum] [--skip-container-put]
                    [--object-name <object-name>]
                    <container> <file_or_directory> [<file_or_directory>] [...]
`,
  help: `
Uploads files and folders to a container, which is made if it is not there.

Positional arguments:
  <container>           The container; after a slash, a folder in it.
  <file_or_directory>   A file, or a folder with everything below it. Several
                        may follow. - is the standard input, whose object
                        needs --object-name.

Optional arguments:
  -c, --changed         Only files that were changed since the last time.
  --skip-identical      Only files that differ from what is there.
  -S, --segment-size <size>
                        Send larger files in segments of this size, in bytes
                        or with the unit B, K, M or G, and join them.
  --segment-container <container>
                        Where the segments go; <container>_segments without.
  --leave-segments      Keep the segments of objects that are replaced.
  --object-threads <threads>
                        How many objects at a time. Default: 10.
  --segment-threads <threads>
                        How many segments at a time. Default: 10.
  -m, --meta <name:value>
                        Metadata to set. Repeat it to set several:
                        -m Color:Blue -m Size:Large
  -H, --header <header:value>
                        A header to send with the objects. Repeat it to send
                        several: -H "content-type:text/plain"
  --use-slo             Join segments by a list of them. So it is done anyway
                        where the service can.
  --use-dlo             Join segments by the beginning of their names.
  --ignore-checksum     Do not compare checksums.
  --skip-container-put  Do not make the containers.
  --object-name <object-name>
                        Another name than the file's; for a folder, another
                        beginning of the names.`.trim(),
  arguments: [
    { names: ['-c', '--changed'], action: 'store_true', dest: 'changed', default: false },
    { names: ['--skip-identical'], action: 'store_true', dest: 'skip_identical', default: false },
    { names: ['--skip-container-put'], action: 'store_true', dest: 'skip_container_put', default: false },
    { names: ['-S', '--segment-size'], dest: 'segment_size' },
    { names: ['-C', '--segment-container'], dest: 'segment_container' },
    { names: ['--leave-segments'], action: 'store_true', dest: 'leave_segments', default: false },
    threads('object', 'send objects'),
    threads('segment', 'send segments'),
    { names: ['-m', '--meta'], action: 'append', dest: 'meta', default: [] },
    header('A header to send with the objects.'),
    { names: ['--use-slo'], action: 'store_const', const: true, dest: 'use_slo' },
    { names: ['--use-dlo'], action: 'store_const', const: false, dest: 'use_slo' },
    { names: ['--object-name'], dest: 'object_name' },
    { names: ['--ignore-checksum'], action: 'store_false', dest: 'checksum', default: true },
  ],
  async run(run, args, words) {
    const { out } = run;
    const [path, ...files] = words;
    if (path === undefined || files.length === 0) return usageError(run, upload);
    const stdin = files.includes('-');
    if (stdin && files.length > 1)
      return out.error('upload from stdin cannot be used along with other files');
    const objectName = args.string('object_name');
    if (objectName !== undefined && files.length > 1)
      return out.error('object-name only be used with 1 file or dir');
    if (objectName === undefined && stdin)
      return out.error('object-name must be specified with uploads from stdin');
    const asked = segmentSize(args.string('segment_size'));
    if (typeof asked === 'string') return out.error(asked);
    if (!checkThreads(run, upload, args, 'object') || !checkThreads(run, upload, args, 'segment')) return;

    if (objectName === '' && stdin) throw noName();
    const size = asked || (stdin ? STDIN_SEGMENT : 0);
    const sources: UploadSource[] = stdin
      ? [{ kind: 'stdin', path: undefined, name: objectName ?? '' }]
      : await sourcesOf(run, files, objectName);
    const useSlo = args.choice('use_slo') ?? (stdin || (size > 0 && (await hasSlo(run))));
    const [container = '', folder] = path.split(/\/(.*)/s);
    if (!args.flag('skip_container_put')) {
      const policy = policyHeader(args);
      await createContainer(run, container, policy);
      const target = args.string('segment_container') || `${container}_segments`;
      if (size > 0 && target !== container)
        await createContainer(run, target, policy, Object.keys(policy).length > 0 ? undefined : container);
    }
    const verbose = (args.number('verbose') ?? 1) > 0;
    const progress = (line: string): void => {
      if (verbose) out.print(line);
    };
    for (const source of sources) {
      const name = inFolder(folder, source.name);
      try {
        await uploadObject(
          run,
          { ...source, name },
          { args, container, segmentSize: size, useSlo, progress },
        );
        progress(name.replace(/^\.[/\\]/, '').replace(/^\//, ''));
      } catch (error) {
        if (run.program.signal?.aborted) throw error;
        run.log.exception(error);
        out.error(wordsOf(error));
        if (verbose && error instanceof ClientException && error.status === 413)
          out.error('Consider using the --segment-size option to chunk the object');
      }
    }
  },
};

/** Bytes, or what is wrong with them. */
function segmentSize(text: string | undefined): number | string {
  if (!text) return 0;
  const whole = (digits: string): number | undefined => {
    try {
      return int(digits) as number; // that is what it gives
    } catch {
      return undefined;
    }
  };
  let size = whole(text);
  if (size === undefined) {
    const unit = 'BKMG'.indexOf(text.slice(-1).toUpperCase());
    const number = whole(text.slice(0, -1));
    if (unit < 0 || number === undefined) return 'Invalid segment size';
    size = number * 1024 ** unit;
  }
  return size > 0 ? size : 'segment-size should be positive';
}

async function hasSlo({ containers }: Run): Promise<boolean> {
  try {
    return 'slo' in (await containers.getCapabilities());
  } catch (error) {
    if (error instanceof ClientException) return false;
    throw error;
  }
}

function noName(): SwiftError {
  return new SwiftError(
    'Object names must be specified as strings for uploads from None or file like objects.',
  );
}

/** Files in their order, then folders with nothing in them. What is below a folder comes by name. */
async function sourcesOf(
  { program, out }: Run,
  paths: readonly string[],
  objectName: string | undefined,
): Promise<UploadSource[]> {
  const files: UploadSource[] = [];
  const folders: UploadSource[] = [];
  const add = (list: UploadSource[], kind: 'file' | 'folder', path: string, top: string): void => {
    const given = objectName === undefined ? path : path.replace(top, () => objectName);
    const isNameless = kind === 'folder' && objectName !== undefined;
    if (isNameless && given === '') throw noName();
    const name = given || path;
    // a folder of another name has no time of its own
    list.push({
      kind,
      path: isNameless ? undefined : path,
      name: name.replace(/^\/+/, ''),
    });
  };
  const walk = async (folder: string, top: string): Promise<void> => {
    const names = await program.files.list(folder);
    if (names.length === 0) add(folders, 'folder', folder, top);
    const below: string[] = [];
    for (const name of names) {
      const path = folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
      if ((await program.files.stat(path))?.type === 'directory') below.push(path);
      else add(files, 'file', path, top);
    }
    for (const path of below) await walk(path, top);
  };
  for (const path of paths) {
    const stat = await program.files.stat(path);
    if (stat === undefined) out.error(`Local file '${path}' not found`);
    else if (stat.type === 'directory') await walk(path, path);
    else add(files, 'file', path, path);
  }
  return [...files, ...folders];
}

/** `posixpath.join`. */
function inFolder(folder: string | undefined, name: string): string {
  if (!folder) return name;
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}
