/** `swift copy`: `st_copy` of swiftclient/shell.py. */
import { hasSlash, header, usageError, type SwiftCommand } from '../command';
import { SwiftError, words as wordsOf } from '../exceptions';
import { splitHeaders } from '../headers';
import { policyHeader } from '../upload-container';

export const copy: SwiftCommand = {
  name: 'copy',
  summary: 'Copies objects inside the cloud.',
  usage: `[--destination </container/object>] [--fresh-metadata]
                  [--meta <name:value>] [--header <header>] <container>
                  <object> [<object>] [...]
`,
  help: `
Copies objects inside the cloud.
Without a destination an object is copied onto itself, with other metadata.

Positional arguments:
  <container>             The container to copy from.
  <object>                The object. Several may follow.

Optional arguments:
  -d, --destination </container[/object]>
                        Where to. Without an object's name the copy keeps its
                        own; with one, there can be one object only.
  -M, --fresh-metadata  Leave out the metadata that the object has.
  -m, --meta <name:value>
                        Metadata to set. Repeat it to set several:
                        -m Color:Blue -m Size:Large
  -H, --header <header:value>
                        A header to send with the request. Repeat it to send
                        several: -H "content-type:text/plain"`.trim(),
  arguments: [
    { names: ['-d', '--destination'] },
    { names: ['-M', '--fresh-metadata'], action: 'store_true', default: false },
    { names: ['-m', '--meta'], action: 'append', dest: 'meta', default: [] },
    header('A header to send with the request.'),
  ],
  async run(run, args, words) {
    const { out, containers, objects: connection, log } = run;
    const [container, ...objects] = words;
    if (container === undefined || objects.length === 0) return usageError(run, copy);
    if (hasSlash(run, container)) return;
    const verbose = (args.number('verbose') ?? 1) > 0;
    const destination = args.string('destination') || undefined;
    if (destination !== undefined) {
      const parts = destination.split('/');
      if (parts[0] || parts.length < 2) throw new SwiftError('destination must be in format /cont[/obj]');
      if (parts.length > 2 && objects.length > 1)
        throw new SwiftError('Combination of multiple objects and destination including object is invalid');
      if (parts.at(-1) === '') throw new SwiftError('destination can not end in a slash');
      const target = parts[1] ?? '';
      try {
        await containers.putContainer(target, policyHeader(args));
        if (verbose) out.print(`created container ${target}`);
      } catch (error) {
        log.exception(error);
        out.warning(`Warning: failed to create container '${container}': ${wordsOf(error)}`);
      }
    }
    const headers = {
      ...splitHeaders(args.list('meta'), 'X-Object-Meta-'),
      ...splitHeaders(args.list('header')),
    };
    for (const object of objects) {
      if (object === '') throw new SwiftError('Object names must be specified as non-empty strings');
      const to = destination?.split('/').length === 2 ? `${destination}/${object}` : destination;
      try {
        await connection.copyObject(container, object, to, headers, args.flag('fresh_metadata'));
        if (verbose) out.print(`${container}/${object} copied to ${to ?? '<self>'}`);
      } catch (error) {
        log.exception(error);
        out.error(wordsOf(error));
      }
    }
  },
};
