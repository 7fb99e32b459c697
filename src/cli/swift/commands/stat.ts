/** `swift stat`: swiftclient/command_helpers.py. */
import { repr } from '../../python';
import type { ParsedArgs } from '../../arguments';
import { prtBytes } from '../bytes';
import { hasSlash, header, usageError, type Run, type SwiftCommand } from '../command';
import type { Connection } from '../connection';
import { ClientException, Exit, SwiftError } from '../exceptions';
import { splitHeaders, title, type HeaderMap } from '../headers';
import { notFound } from '../service';
import type { Item } from '../output';

export const stat: SwiftCommand = {
  name: 'stat',
  summary: 'Tells about the account, a container or an object.',
  usage: `[--lh] [--header <header:value>]
                  [--version-id <version_id>]
                  [<container> [<object>]]
`,
  help: `
Tells about the account, a container or an object.

Positional arguments:
  [<container>]           The container; without it, the account.
  [<object>]              The object.

Optional arguments:
  --lh                  Sizes for people, as ls -lh has them.
  --version-id <version-id>
                        This version of the object.
  -H, --header <header:value>
                        A header to send with the request.`.trim(),
  arguments: [
    { names: ['--lh'], dest: 'human', action: 'store_true', default: false },
    { names: ['--version-id'] },
    header('A header to send with the request.'),
  ],
  async run(run, args, words) {
    if (args.string('version_id') && words.length < 2)
      throw new Exit('--version-id option only allowed for object stats');
    const [container, object] = words;
    if (container === undefined) return statAccount(run, args);
    if (hasSlash(run, container)) return;
    if (object === undefined) return statContainer(run, args, container);
    if (words.length > 2) return usageError(run, stat);
    return statObject(run, args, container, object);
  },
};

async function statAccount({ containers, out, log }: Run, args: ParsedArgs): Promise<void> {
  const human = args.flag('human');
  const { headers } = await attempt(
    log,
    () => containers.headAccount(requestHeaders(args)),
    'Account not found',
  );
  const size = (name: string): string => prtBytes(headers.get(name) ?? 0, human).trimStart();
  const items: Item[] = [
    ...(verbose(args) ? secrets('StorageURL', containers.url, containers) : []),
    ['Account', accountOf(containers)],
    ['Containers', String(Number(headers.get('x-account-container-count') ?? 0))],
    ['Objects', size('x-account-object-count')],
    ['Bytes', size('x-account-bytes-used')],
  ];
  if (headers.get('x-account-meta-quota-bytes'))
    items.push(['Quota Bytes', size('x-account-meta-quota-bytes')]);
  const policies = new Set(
    [...headers.keys()].flatMap(
      (name) => /^x-account-storage-policy-(.*)-[^-]*-[^-]*$/.exec(name)?.[1] ?? [],
    ),
  );
  for (const policy of policies) {
    const prefix = `x-account-storage-policy-${policy}`;
    if (headers.has(`${prefix}-container-count`))
      items.push([`Containers in policy "${policy}"`, size(`${prefix}-container-count`)]);
    items.push([`Objects in policy "${policy}"`, size(`${prefix}-object-count`)]);
    items.push([`Bytes in policy "${policy}"`, size(`${prefix}-bytes-used`)]);
    const quota = `x-account-quota-bytes-policy-${policy}`;
    if (headers.get(quota)) items.push([`Quota Bytes for policy "${policy}"`, size(quota)]);
  }
  const left = (name: string): boolean => /^x-account-(storage|quota-bytes)-policy-/.test(name);
  out.printItems([
    ...items,
    ...others(headers, 'x-account-meta-', (name) => left(name) || SHOWN_OF_ACCOUNT.includes(name)),
  ]);
}

const SHOWN_OF_ACCOUNT = [
  'content-length',
  'date',
  'x-account-container-count',
  'x-account-object-count',
  'x-account-bytes-used',
  'x-account-meta-quota-bytes',
];

async function statContainer(
  { containers, out, log }: Run,
  args: ParsedArgs,
  container: string,
): Promise<void> {
  const { headers } = await attempt(
    log,
    () => containers.headContainer(container, requestHeaders(args)),
    `Container ${repr(container)} not found`,
  );
  const size = (name: string): string => prtBytes(headers.get(name) ?? 0, args.flag('human')).trimStart();
  const shown = {
    'x-container-object-count': '',
    'x-container-bytes-used': '',
    'x-container-read': 'Read ACL',
    'x-container-write': 'Write ACL',
    'x-container-sync-to': 'Sync To',
    'x-container-sync-key': 'Sync Key',
    'content-length': '',
    date: '',
  };
  out.printItems([
    ...(verbose(args) ? secrets('URL', `${containers.url}/${container}`, containers) : []),
    ['Account', accountOf(containers)],
    ['Container', container],
    ['Objects', size('x-container-object-count')],
    ['Bytes', size('x-container-bytes-used')],
    ...Object.entries(shown).flatMap(([name, words]): Item[] =>
      words === '' ? [] : [[words, headers.get(name) ?? '']],
    ),
    ...others(headers, 'x-container-meta-', (name) => name in shown),
  ]);
}

async function statObject(
  { objects, out, log }: Run,
  args: ParsedArgs,
  container: string,
  object: string,
): Promise<void> {
  const version = args.string('version_id');
  const { headers } = await attempt(log, () =>
    objects.headObject(container, object, {
      headers: requestHeaders(args),
      query: version === undefined ? undefined : `version-id=${version}`,
    }),
  );
  const shown = ['content-type', 'content-length', 'last-modified', 'etag', 'date', 'x-object-manifest'];
  const url = `${objects.url}/${container}/${object}`;
  out.printItems(
    [
      ...(verbose(args) ? secrets('URL', url, objects) : []),
      ['Account', accountOf(objects)],
      ['Container', container],
      ['Object', object],
      ['Content Type', headers.get('content-type')],
      ['Content Length', prtBytes(headers.get('content-length') ?? 0, args.flag('human')).trimStart()],
      ['Last Modified', headers.get('last-modified')],
      ['ETag', headers.get('etag')],
      ['Manifest', headers.get('x-object-manifest')],
      ...others(headers, 'x-object-meta-', (name) => shown.includes(name)),
    ],
    true,
  );
}

/** `headers_to_items`: metadata first. */
function others(headers: HeaderMap, prefix: string, shown: (name: string) => boolean): Item[] {
  const left = [...headers].filter(([name]) => !shown(name));
  return [
    ...left
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]): Item => [`Meta ${title(name.slice(prefix.length))}`, value]),
    ...left.filter(([name]) => !name.startsWith(prefix)).map(([name, value]): Item => [title(name), value]),
  ];
}

function verbose(args: ParsedArgs): boolean {
  return (args.number('verbose') ?? 1) > 1;
}

function secrets(name: string, url: string, { token }: Connection): Item[] {
  return [
    [name, url],
    ['Auth Token', token],
  ];
}

function accountOf({ url }: Connection): string {
  return url.split('/').at(-1) ?? '';
}

function requestHeaders(args: ParsedArgs): Record<string, string> {
  return splitHeaders(args.list('header'));
}

/** Does it; what goes wrong is logged, a 404 in other words if there are any. */
async function attempt<T>(log: Run['log'], act: () => Promise<T>, missing?: string): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const known = missing === undefined ? error : notFound(error, missing);
    if (known === error && (error instanceof ClientException || error instanceof SwiftError))
      log.exception(error);
    throw known;
  }
}
