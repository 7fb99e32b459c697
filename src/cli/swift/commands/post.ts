/** `swift post`: `st_post` of swiftclient/shell.py. */
import { hasSlash, header, usageError, type SwiftCommand } from '../command';
import { ClientException, Exit } from '../exceptions';
import { splitHeaders } from '../headers';
import { notFound } from '../service';

export const post: SwiftCommand = {
  name: 'post',
  summary: 'Changes what is said of the account, a container or an object.',
  usage: `[--read-acl <acl>] [--write-acl <acl>] [--sync-to <sync-to>]
                  [--sync-key <sync-key>] [--meta <name:value>]
                  [--header <header>]
                  [<container> [<object>]]
`,
  help: `
Changes what is said of the account, a container or an object.
A container that is not there is made.

Positional arguments:
  [<container>]           The container; without it, the account.
  [<object>]              The object.

Optional arguments:
  -r, --read-acl <acl>  Who may read the container's objects: .r:* for
                        everybody, .rlistings to list them as well,
                        <project-id>:<user-id> or <project-id>:* for others.
  -w, --write-acl <acl> Who may write and delete objects:
                        <project-id>:<user-id> or <project-id>:*.
  -t, --sync-to <sync-to>
                        Another container to copy everything to.
  -k, --sync-key <sync-key>
                        The key that both containers know.
  -m, --meta <name:value>
                        Metadata to set; an empty value removes it.
                        Repeat it to set several: -m Color:Blue -m Size:Large
  -H, --header <header:value>
                        A header to send with the request. Repeat it to send
                        several: -H "content-type:text/plain"`.trim(),
  arguments: [
    { names: ['-r', '--read-acl'], dest: 'read_acl' },
    { names: ['-w', '--write-acl'], dest: 'write_acl' },
    { names: ['-t', '--sync-to'], dest: 'sync_to' },
    { names: ['-k', '--sync-key'], dest: 'sync_key' },
    { names: ['-m', '--meta'], action: 'append', dest: 'meta', default: [] },
    header('A header to send with the request.'),
  ],
  async run(run, args, words) {
    const [container, object] = words;
    const own = {
      'X-Container-Read': args.string('read_acl'),
      'X-Container-Write': args.string('write_acl'),
      'X-Container-Sync-To': args.string('sync_to'),
      'X-Container-Sync-Key': args.string('sync_key'),
    };
    if (container === undefined && Object.values(own).some(Boolean))
      throw new Exit('-r, -w, -t, and -k options only allowed for containers');
    if (container !== undefined && hasSlash(run, container)) return;
    if (words.length > 2) return usageError(run, post);
    const kind = container === undefined ? 'Account' : object === undefined ? 'Container' : 'Object';
    const headers = {
      ...splitHeaders(args.list('meta'), `X-${kind}-Meta-`),
      ...splitHeaders(args.list('header')),
    };
    if (container === undefined) {
      await told(run.containers.postAccount(headers), 'Account not found');
    } else if (object === undefined) {
      for (const [name, value] of Object.entries(own)) if (value !== undefined) headers[name] = value;
      await told(postContainer(container), `Container '${container}' not found`);
    } else await told(run.objects.postObject(container, object, headers));

    /** Makes the container if there is none. */
    async function postContainer(name: string): Promise<void> {
      try {
        await run.containers.postContainer(name, headers);
      } catch (error) {
        if (!(error instanceof ClientException) || error.status !== 404) throw error;
        await run.containers.putContainer(name, headers);
      }
    }

    async function told(work: Promise<unknown>, missing?: string): Promise<void> {
      try {
        await work;
      } catch (error) {
        const known = missing === undefined ? error : notFound(error, missing);
        if (known === error) run.log.exception(error);
        throw known;
      }
    }
  },
};
