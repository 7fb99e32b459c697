import { describe, expect, test } from 'vitest';
import { comparable } from './comparable';
import { mask } from './mask';
import { findExamples, parsePage } from './parse-page';
import { isStale, runBlock, runPage, type PageShell } from './run-page';
import { updatePage } from './update-page';

const page = (...blocks: string[]) => ['---', 'cloud: empty', '---', '', '# Title', '', ...blocks].join('\n');
const block = (text: string, meta = '') => `\`\`\`console${meta}\n${text}\n\`\`\`\n`;

/** A shell that answers from a table and keeps what it was told. */
function fakeShell(answers: Record<string, string>, said: string[] = []): PageShell {
  return {
    run: async (source) => {
      said.push(source);
      const terminal = answers[source];
      return terminal === undefined
        ? { terminal: `no ${source}\n`, exitCode: 127 }
        : { terminal, exitCode: 0 };
    },
    state: async () => said.filter((each) => each.startsWith('make')).length,
    fork: async () => fakeShell(answers),
  };
}

describe('reading a page', () => {
  test('commands, continuations, outputs and exit codes, with their lines', () => {
    const { cloud, blocks } = parsePage(
      'a.md',
      page(block('$ one \\\n>   more\nout\n\n> not a continuation\n? 3\n$ two')),
    );
    expect(cloud).toBe('empty');
    expect(blocks).toEqual([
      {
        line: 7,
        group: 0,
        commands: [
          {
            source: 'one \\\n  more',
            expected: 'out\n\n> not a continuation\n',
            exitCode: 3,
            line: 8,
            output: { from: 10, to: 14 },
          },
          { source: 'two', expected: '', exitCode: 0, line: 14, output: { from: 15, to: 15 } },
        ],
      },
    ]);
  });

  test('blocks in lists and in JSX', () => {
    const { blocks } = parsePage(
      'a.md',
      page('1. step\n\n   ```console\n   $ a\n   out\n   ```\n', '<Tip>\n\n```console\n$ b\n```\n\n</Tip>'),
    );
    expect(blocks.map(({ commands }) => commands[0])).toMatchObject([
      { source: 'a', expected: 'out\n' },
      { source: 'b' },
    ]);
  });

  test('neighbours for two clients form one group; text between them parts others', () => {
    const tabs = [block('$ a', ' client=openstack'), block('$ b', ' client=glance')];
    const { blocks } = parsePage('a.md', page(block('$ x'), ...tabs, ...tabs, 'Text.\n', block('$ y')));
    expect(blocks.map(({ group }) => group)).toEqual([0, 1, 1, 2, 2, 3]);
  });

  test('the start state is course unless the page names another', () => {
    expect(parsePage('a.md', '# Title').cloud).toBe('course');
  });

  test('a page has the samples that it asks for, and none unless it asks', () => {
    expect(parsePage('a.md', '---\nsamples: formats\n---\n').samples).toBe('formats');
    expect(parsePage('a.md', '# Title')).not.toHaveProperty('samples');
    expect(() => parsePage('a.md', '---\nsamples: 1\n---\n')).toThrow('samples: names a folder of samples.');
  });

  test.each([
    ['without a command', block('text'), 'a.md:8: a console block starts with a command'],
    ['that is empty', '```console\n```', 'a.md:7: a console block needs a command'],
    ['with an unknown option', block('$ a', ' run=no'), 'a.md:7: "run" is not known'],
    ['for an unknown client', block('$ a', ' client=nova'), 'a.md:7: client=nova'],
    ['that is not run without a reason', block('$ a', ' norun=""'), 'a.md:7: norun needs a reason'],
    ['with text after its exit code', block('$ a\n? 1\nmore'), 'a.md:10: "? n" is the last line'],
    ['that says ? 0', block('$ a\n? 0'), 'a.md:9: "? 0" says nothing'],
    [
      'for one client only',
      block('$ a', ' client=glance'),
      'a.md:7: client=glance needs a client=openstack block',
    ],
  ])('a block %s is an error with its place', (_, markdown, message) => {
    expect(() => parsePage('a.md', page(markdown))).toThrow(message);
  });

  test('examples that a page shows', () => {
    expect(findExamples('a.md', page('```ts file=examples/images/create.ts#make\n```'))).toEqual([
      { file: 'examples/images/create.ts', region: 'make', line: 7 },
    ]);
  });
});

describe('running a page', () => {
  test('tells which commands print something else', async () => {
    const [run] = await runPage(parsePage('a.md', page(block('$ a\nA\n$ b\nB'))), async () =>
      fakeShell({ a: 'A\n', b: 'other' }),
    );
    expect(run?.results.map(({ ok, line, actual }) => ({ ok, line, actual }))).toEqual([
      { ok: true, line: 8, actual: { output: 'A\n', exitCode: 0 } },
      { ok: false, line: 10, actual: { output: 'other\n', exitCode: 0 } },
    ]);
  });

  test('goes once through the page for each client, from a fresh shell', async () => {
    const said: string[][] = [];
    const parsed = parsePage(
      'a.md',
      page(
        block('$ x'),
        block('$ make', ' client=openstack'),
        block('$ make it', ' client=glance'),
        block('$ y'),
      ),
    );
    const runs = await runPage(parsed, async () => {
      const lines: string[] = [];
      said.push(lines);
      return fakeShell({}, lines);
    });
    expect(said).toEqual([
      ['x', 'make', 'y'],
      ['x', 'make it', 'y'],
    ]);
    expect(runs.map(({ states }) => [...states])).toEqual([[[1, 1]], [[1, 1]]]);
  });

  test('gives every command its time on the page, the same in both tabs', async () => {
    const times: number[] = [];
    const shell = { ...fakeShell({}), advanceTo: (seconds: number) => times.push(seconds) };
    const parsed = parsePage(
      'a.md',
      page(
        block('$ a\n$ b'),
        block('$ c\n$ d', ' client=openstack'),
        block('$ e', ' client=glance'),
        block('$ f'),
      ),
    );
    await runPage(parsed, async () => shell);
    expect(times).toEqual([0, 1, 60, 60, 120, 0, 1, 60, 120]);
  });

  test('a block that cannot run is stale when it can', async () => {
    const parsed = parsePage(
      'a.md',
      page(block('$ a', ' norun="slow"'), block('$ nope', ' norun="not here"')),
    );
    const stale = await Promise.all(parsed.blocks.map((each) => isStale(parsed, each, fakeShell({ a: '' }))));
    expect(stale).toEqual([true, false]);
  });
});

describe('updating a page', () => {
  test('rewrites outputs and exit codes and touches nothing else', async () => {
    const markdown = page(
      'Text  \n',
      block('$ a\nold\nold\n$ b\n? 1\n$ c'),
      '* item\n\n  ```console\n  $ a\n  ```\n\nEnd',
    );
    const [run] = await runPage(parsePage('a.md', markdown), async () =>
      fakeShell({ a: 'A1\n\nA2\n', b: '' }),
    );
    const updated = updatePage(markdown, run?.results ?? []);
    expect(updated).toBe(
      page(
        'Text  \n',
        block('$ a\nA1\n\nA2\n$ b\n$ c\nno c\n? 127'),
        '* item\n\n  ```console\n  $ a\n  A1\n\n  A2\n  ```\n\nEnd',
      ),
    );
    expect(
      updatePage(
        updated,
        (await runPage(parsePage('a.md', updated), async () => fakeShell({ a: 'A1\n\nA2\n', b: '' })))[0]
          ?.results ?? [],
      ),
    ).toBe(updated);
  });

  test('refuses an output that the grammar would take for a command', async () => {
    const markdown = page(block('$ a'));
    const [run] = await runPage(parsePage('a.md', markdown), async () => fakeShell({ a: '$ b\n' }));
    expect(() => updatePage(markdown, run?.results ?? [])).toThrow('a.md:8: the output of "a"');
  });
});

test('masks hide what a compute service makes up', () => {
  const made = [
    '| adminPass | 8TxkuN4FiYFT |',
    '"adminPass": "nTcEiaC43X3w"',
    '| hostId | 3cf091d033024fa2702ddb19d4a5099f23e5dfac172edf2f9616ee20 |',
    '| OS-EXT-SRV-ATTR:reservation_id | r-3cqcz7t1 |',
    '| OS-EXT-SRV-ATTR:instance_name | instance-0000000a |',
    '| fingerprint | 3c:f0:91:d0:33:02:4f:a2:70:2d:db:19:d4:a5:09:9f |',
    'fa:16:3e:0a:0b:0c',
    'http://127.0.0.1:8774/v2.1/servers and https://openstack.example/compute/v2.1/servers',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5',
  ];
  expect(made.map((text) => mask(text).replace(/\.+(?=\W|$)/g, ''))).toEqual([
    '| adminPass | <password-1> |',
    '"adminPass": "<password-1>"',
    '| hostId | <host-1> |',
    '| OS-EXT-SRV-ATTR:reservation_id | <reservation-1> |',
    '| OS-EXT-SRV-ATTR:instance_name | <instance-1> |',
    '| fingerprint | <fingerprint-1> |',
    '<mac-1>',
    '<url-1>/v2.1/servers and <url-2>/v2.1/servers',
    '<pem-1>',
    '<key-1>',
  ]);
  // what a person wrote stays
  expect(mask('adminPass: none, r-2 of instance-1')).toBe('adminPass: none, r-2 of instance-1');
});

test('masks hide what object stores, share back ends and application credentials make up', () => {
  const made = [
    'x-trans-id | tx955c40f82f524fe6b7c5f-006b03d878',
    'X-Timestamp: 1795414137.18052',
    '/v1/AUTH_a/c/o?temp_url_sig=9f2c0c1c5e0b7f1a9f2c0c1c5e0b7f1a9f2c0c1c&temp_url_expires=1795414137',
    'Last-Modified: Mon, 23 Nov 2026 06:13:48 GMT',
    '10.0.0.10:/path/share_b8069b40_4946_4489_bbb4_5dddaffc573d_776ac4ce_521f_4f09_8f9a_cacb559da2e1',
    `| secret | ${'s3cr-t'.repeat(14)}_x |`,
  ];
  expect(made.map((text) => mask(text).replace(/\.+(?=\W|_|$)/g, ''))).toEqual([
    'x-trans-id | <transaction-1>',
    'X-Timestamp: <timestamp-1>',
    '/v1/AUTH_a/c/o?temp_url_sig=<signature-1>&temp_url_expires=<expiry-1>',
    'Last-Modified: <time>',
    '<address-1>:/path/share_<uuid-1>_<uuid-2>',
    '| secret | <secret-1> |',
  ]);
  // what only looks like it
  expect(mask('size 1795414137, tx-1, secret: open')).toBe('size 1795414137, tx-1, secret: open');
});

test('masks hide ids, times and addresses, and keep apart what differs', () => {
  const id = '5f1c1d9c-3a68-4b8e-9a3e-0c51a3b2f001';
  const other = 'aaaaaaaa-3a68-4b8e-9a3e-0c51a3b2f001';
  const first = '<uuid-1>'.padEnd(36, '.');
  const second = '<uuid-2>'.padEnd(36, '.');
  expect(mask(`| id | ${id} |\n${other} ${id} 10.0.0.5`)).toBe(
    `| id | ${first} |\n${second} ${first} <address-1>`,
  );
  expect(mask('2026-11-22T09:00:00Z')).toMatch(/^<time.*>\.+$/);
});

test('spaces at the ends of lines do not count: a formatter may have taken them from the page', async () => {
  const parsed = parsePage('x.md', page(block('$ x\na\n\nb')));
  const [console] = parsed.blocks;
  if (!console) throw new Error('no block');
  const [result] = await runBlock(parsed, console, fakeShell({ x: 'a \n \nb\t' }));
  expect(result).toMatchObject({ ok: true, actual: { output: 'a\n\nb\n' } });
});

test('a progress bar compares by its last state', () => {
  expect(comparable('\r[>  ] 1%\r[==>] 100%\ndone\r\n')).toBe(comparable('[==>] 100%\ndone\r\n'));
});
