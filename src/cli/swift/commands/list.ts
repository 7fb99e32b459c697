/** `swift list`: `st_list` of swiftclient/shell.py. */
import { dumps, type Value } from '../../python';
import { prtBytes } from '../bytes';
import { header, usageError, type SwiftCommand } from '../command';
import type { ListingItem } from '../connection';
import { Exit } from '../exceptions';
import { splitHeaders } from '../headers';
import { accountPages, containerPages, nameOf, notFound } from '../service';

export const list: SwiftCommand = {
  name: 'list',
  summary: 'Lists the containers of the account, or the objects of a container.',
  usage: `[--long] [--lh] [--totals] [--prefix <prefix>]
                  [--delimiter <delimiter>] [--header <header:value>]
                  [--versions] [<container>]
`,
  help: `
Lists the containers of the account, or the objects of a container.

Positional arguments:
  [<container>]           The container.

Optional arguments:
  -l, --long            More of each, as ls -l has it.
  --lh                  The same with sizes for people, as ls -lh has them.
  -t, --totals          With -l or --lh: the sums alone.
  -p <prefix>, --prefix <prefix>
                        Only names that begin so.
  -d <delim>, --delimiter <delim>
                        Roll up names at this text. For objects only.
  -j, --json            Everything, as JSON.
  --versions            All versions of the objects.
  -H, --header <header:value>
                        A header to send with the request.`.trim(),
  arguments: [
    { names: ['-l', '--long'], dest: 'long', action: 'store_true', default: false },
    { names: ['--lh'], dest: 'human', action: 'store_true', default: false },
    { names: ['-t', '--totals'], dest: 'totals', action: 'store_true', default: false },
    { names: ['-p', '--prefix'], dest: 'prefix' },
    { names: ['-d', '--delimiter'], dest: 'delimiter' },
    { names: ['-j', '--json'], action: 'store_true' },
    { names: ['--versions'], action: 'store_true' },
    header('A header to send with the request.'),
  ],
  async run(run, args, words) {
    const { out, containers } = run;
    const [container, ...more] = words;
    const delimiter = args.string('delimiter');
    const versions = args.flag('versions');
    if (delimiter && container === undefined) throw new Exit('-d option only allowed for container listings');
    if (versions && container === undefined)
      throw new Exit('--versions option only allowed for container listings');
    const human = args.flag('human');
    const long = human || args.flag('long');
    if (args.flag('totals') && !long) return out.error('Listing totals only works with -l or --lh.');
    if (container !== undefined && (container.includes('/') || more.length > 0)) return usageError(run, list);

    const options = { prefix: args.string('prefix'), headers: splitHeaders(args.list('header')) };
    const pages =
      container === undefined
        ? accountPages(containers, options)
        : containerPages(containers, container, {
            ...options,
            delimiter,
            ...(versions && { query: 'versions=true' }),
          });
    const all: ListingItem[] = [];
    const totals = { count: 0, bytes: 0 };
    for await (const page of pages) {
      const items: ListingItem[] = [];
      for (const item of page)
        items.push(long && container === undefined ? await withMeta(nameOf(item), item) : item);
      if (args.flag('json')) {
        all.push(...items);
        continue;
      }
      for (const item of items) {
        if (!long && !versions) {
          out.print(nameOf(item));
          continue;
        }
        const line = container === undefined ? containerLine(item, human) : objectLine(item, human, versions);
        if (!args.flag('totals')) out.print(line);
        totals.count += Number(item.count ?? 0);
        totals.bytes += Number(item.bytes ?? 0);
      }
    }
    if (args.flag('json')) out.print(all.length === 0 ? '[]' : dumps(sorted(all), 2));
    else if (long) {
      const bytes = prtBytes(totals.bytes, human);
      out.print(container === undefined ? `${prtBytes(totals.count, true).padStart(12)} ${bytes}` : bytes);
    }

    /** What only the headers of a container tell. */
    async function withMeta(name: string, item: ListingItem): Promise<ListingItem> {
      try {
        const { headers } = await containers.headContainer(name);
        return { ...item, meta: Object.fromEntries(headers) };
      } catch (error) {
        throw notFound(error, 'Account not found');
      }
    }
  },
};

function containerLine(item: ListingItem, human: boolean): string {
  const meta = item.meta as Readonly<Record<string, string | undefined>>; // made by withMeta
  const time = meta['x-timestamp'];
  const date =
    time === undefined
      ? '????-??-?? ??:??:??'
      : new Date(Math.floor(Number(time)) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const policy = (meta['x-storage-policy'] ?? '???').padEnd(15);
  return `${String(item.count).padStart(12)} ${prtBytes(Number(item.bytes), human)} ${date} ${policy} ${nameOf(item)}`;
}

function objectLine(item: ListingItem, human: boolean, versions: boolean): string {
  const [date = '', time = ''] = String(item.last_modified ?? '').split('T');
  const folder = item.subdir !== undefined;
  const size = prtBytes(folder ? 0 : Number(item.bytes), human);
  const type = folder ? 'None' : String(item.content_type);
  const version = versions ? ` ${String(item.version_id ?? 'null').padStart(16)}` : '';
  return `${size} ${date.padStart(10)} ${(time.split('.')[0] ?? '').padStart(8)}${version} ${type.padStart(24)} ${nameOf(item)}`;
}

/** With the keys of every object in the alphabet's order. */
function sorted(value: Value | readonly ListingItem[]): Value {
  if (Array.isArray(value)) return value.map((each: Value) => sorted(each));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value as Readonly<Record<string, Value>>); // what is left of Value
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  );
}
