/** `swift delete`: `st_delete` of swiftclient/shell.py. */
import { quotePath } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import type { Value } from '../../python';
import { checkThreads, hasSlash, header, usageError, type Run, type SwiftCommand } from '../command';
import { ClientException, Exit, SwiftError, words as wordsOf } from '../exceptions';
import { isTrue, splitHeaders } from '../headers';
import { deleteSegment, split } from '../large-objects';
import { threads } from '../options';
import { accountPages, containerPages, nameOf } from '../service';

export const deleteCommand: SwiftCommand = {
  name: 'delete',
  summary: 'Deletes containers and objects.',
  usage: `[--all] [--leave-segments]
                    [--object-threads <threads>]
                    [--container-threads <threads>]
                    [--header <header:value>]
                    [--prefix <prefix>]
                    [--versions]
                    [<container> [<object>] [--version-id <version_id>] [...]]
`,
  help: `
Deletes containers and objects.

Positional arguments:
  [<container>]         The container; alone, it goes with all its objects.
  [<object>]            An object. Several may follow.

Optional arguments:
  -a, --all             All containers and all objects, in all versions.
  --versions            All versions of the objects.
  --leave-segments      Keep the segments of large objects.
  -H, --header <header:value>
                        A header to send with the requests.
  --object-threads <threads>
                        How many objects at a time. Default: 10.
  --container-threads <threads>
                        How many containers at a time. Default: 10.
  --prefix <prefix>     Only objects whose names begin so.
  --version-id <version-id>
                        This version of the object.`.trim(),
  arguments: [
    { names: ['-a', '--all'], action: 'store_true', dest: 'yes_all', default: false },
    { names: ['--versions'], action: 'store_true' },
    { names: ['-p', '--prefix'], dest: 'prefix' },
    { names: ['--version-id'] },
    header('A header to send with the requests.'),
    { names: ['--leave-segments'], action: 'store_true', dest: 'leave_segments', default: false },
    threads('object', 'delete objects'),
    threads('container', 'delete containers'),
  ],
  async run(run, args, words) {
    const [container, ...objects] = words;
    const all = args.flag('yes_all');
    if ((container === undefined) !== all) return usageError(run, deleteCommand);
    if ((all || args.flag('versions')) && words.length >= 2)
      throw new Exit('--versions option not allowed for object deletes');
    if (args.string('version_id') !== undefined && words.length < 2)
      throw new Exit('--version-id option only allowed for object deletes');
    if (!checkThreads(run, deleteCommand, args, 'object')) return;
    if (!checkThreads(run, deleteCommand, args, 'container')) return;
    const deletion = new Deletion(run, args);
    if (container === undefined) return deletion.account();
    if (hasSlash(run, container)) return;
    if (objects.length === 0) return deletion.container(container);
    await deletion.objects(
      container,
      objects.map((name) => ({ name, versionId: args.string('version_id') })),
    );
  },
};

interface Target {
  name: string;
  versionId?: string | undefined;
}

class Deletion {
  readonly #headers: Record<string, string>;
  readonly #all: boolean;
  readonly #prefix: string | undefined;

  constructor(
    private readonly run: Run,
    private readonly args: ParsedArgs,
  ) {
    this.#headers = splitHeaders(args.list('header'));
    this.#all = args.flag('yes_all');
    this.#prefix = args.string('prefix') || undefined;
  }

  async account(): Promise<void> {
    if (this.#prefix !== undefined) throw new SwiftError('Prefix specified without container');
    const names: string[] = [];
    for await (const page of accountPages(this.run.containers, {})) names.push(...page.map(nameOf));
    for (const name of names) await this.container(name);
  }

  /** A container with all its objects; with a prefix, some of those alone. */
  async container(name: string): Promise<void> {
    const versions = this.#all || this.args.flag('versions');
    try {
      const pages = containerPages(this.run.containers, name, {
        prefix: this.#prefix,
        headers: this.#headers,
        ...(versions && { query: 'versions=true' }),
      });
      for await (const page of pages) {
        const targets = page.map((item): Target => {
          const versionId = versions ? item.version_id : undefined;
          return { name: nameOf(item), ...(versionId !== undefined && { versionId: String(versionId) }) };
        });
        await this.objects(name, targets);
      }
      if (this.#prefix !== undefined) return;
      await this.run.containers.deleteContainer(name, this.#headers);
      this.#done(name, this.run.containers.attempts);
    } catch (error) {
      this.#failed(name, error);
    }
  }

  async objects(container: string, given: readonly Target[]): Promise<void> {
    const targets = given.filter(({ name }) => name.startsWith(this.#prefix ?? ''));
    if (targets.some(({ name }) => name === ''))
      throw new SwiftError('Object names must be specified as non-empty strings');
    const pageSize = await this.#bulkPageSize(targets);
    if (pageSize > 1) {
      for (let at = 0; at < targets.length; at += pageSize) {
        const page = targets.slice(at, at + pageSize).map(({ name }) => name);
        const size = Math.floor((page.length - 1) / this.#threads()) + 1;
        for (let from = 0; from < page.length; from += size)
          await this.#bulk(container, page.slice(from, from + size));
      }
      return;
    }
    for (const target of targets) {
      try {
        await this.#object(container, target);
        this.#done(this.#all ? `${container}/${target.name}` : target.name, this.run.objects.attempts);
      } catch (error) {
        this.#failed(`${container}/${target.name}`, error);
      }
    }
  }

  #threads(): number {
    return this.args.number('object_threads') ?? 10;
  }

  /** `_bulk_delete_page_size`: few objects are deleted one by one. */
  async #bulkPageSize(targets: readonly Target[]): Promise<number> {
    if (targets.length <= 2 * this.#threads()) return 1;
    if (targets.some(({ versionId }) => versionId !== undefined)) return 1;
    try {
      const info = await this.run.containers.getCapabilities();
      const bulk = info['bulk_delete'] as Readonly<Record<string, Value>> | undefined; // the API's contract
      return bulk === undefined ? 1 : Number(bulk['max_deletes_per_request'] ?? 10_000);
    } catch (error) {
      if (error instanceof ClientException) return 1;
      throw error;
    }
  }

  async #bulk(container: string, names: readonly string[]): Promise<void> {
    const { objects, out } = this.run;
    try {
      const answer = await objects.postAccount(
        { Accept: 'application/json', 'Content-Type': 'text/plain' },
        'bulk-delete',
        names.map((name) => `${quotePath(`/${container}/${name}`)}\n`).join(''),
      );
      if (answer.body.length === 0)
        throw new SwiftError(
          'No content received on account POST. Is the bulk operations middleware enabled?',
        );
      const { Errors: errors = [] } = JSON.parse(new TextDecoder().decode(answer.body)) as {
        Errors?: [string, string][];
      }; // the API's contract
      const left = new Set(names);
      for (const [path, reason] of errors) {
        const plain = decodeURIComponent(path).slice(1);
        out.error(`Error Deleting: ${plain}: ${reason}`);
        left.delete(plain.slice(container.length + 1));
      }
      for (const name of left)
        out.print(`${this.#all ? `${container}/` : ''}${name}${again(objects.attempts)}`);
    } catch (error) {
      this.run.log.exception(error);
      for (const name of names) out.error(`Error Deleting: ${container}/${name}: ${wordsOf(error)}`);
    }
  }

  /** `_delete_object`: with what it consists of. */
  async #object(container: string, { name, versionId }: Target): Promise<void> {
    const { objects, containers, segments } = this.run;
    let manifest: string | undefined;
    const query: string[] = [];
    if (!this.args.flag('leave_segments')) {
      try {
        const { headers } = await objects.headObject(container, name, {
          headers: this.#headers,
          query: 'symlink=get',
        });
        manifest = headers.get('x-object-manifest');
        if (isTrue(headers.get('x-static-large-object'))) query.push('multipart-manifest=delete');
      } catch (error) {
        if (!(error instanceof ClientException) || error.status !== 404) throw error;
      }
    }
    if (versionId !== undefined) query.push(`version-id=${versionId}`);
    await objects.deleteObject(container, name, { headers: this.#headers, query: query.join('&') });
    const { attempts } = objects;
    if (manifest === undefined) return;
    const [from, prefix] = split(manifest);
    for await (const page of containerPages(containers, from, { prefix: `${prefix.replace(/\/+$/, '')}/` })) {
      for (const item of page) {
        const segment = `${from}/${nameOf(item)}`;
        try {
          await deleteSegment(segments, from, nameOf(item));
          this.#done(segment, segments.attempts);
        } catch (error) {
          this.#failed(segment, error);
        }
      }
    }
    objects.attempts = attempts;
  }

  #done(what: string, attempts: number): void {
    if ((this.args.number('verbose') ?? 1) > 0) this.run.out.print(`${what}${again(attempts)}`);
  }

  #failed(what: string, error: unknown): void {
    if (this.run.program.signal?.aborted) throw error;
    this.run.log.exception(error);
    this.run.out.error(`Error Deleting: ${what}: ${wordsOf(error)}`);
  }
}

function again(attempts: number): string {
  return attempts > 1 ? ` [after ${attempts} attempts]` : '';
}
