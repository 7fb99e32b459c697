import { expect, test, vi } from 'vitest';
import type { Exchange } from '../../shell/exchange';
import type { RunResult } from '../../shell/shell';
import type { Engine, PageShell, SavedSandbox } from './engine';
import type { PageCommand } from './page';
import { PageSandbox } from './page-sandbox';
import type { PageStorage, SavedPage } from './storage';
import { UnreadablePageError } from './storage';
import type { CloudCopy } from './use-copy';

/** A shell that remembers what it ran and prints it; `wait` runs until it is interrupted. */
class EchoShell implements PageShell {
  readonly cwd = '/';
  readonly history: string[] = [];
  readonly times: (number | undefined)[] = [];

  async fork(): Promise<CloudCopy> {
    return { cloud: { baseUrl: '', fetch: async () => new Response() } };
  }

  async run(line: string, { signal, at }: { signal?: AbortSignal; at?: number } = {}): Promise<RunResult> {
    this.history.push(line);
    this.times.push(at);
    if (line === 'wait') await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    const terminal = `${line}\n`;
    const exitCode = signal?.aborted ? 130 : 0;
    return { command: line, stdout: terminal, stderr: '', terminal, exitCode, exchanges: requestsOf(line) };
  }
  isIncomplete = () => false;
  complete = async () => ({ start: 0, candidates: [] });
  snapshotWithBlobs = async (): Promise<SavedSandbox> => ({
    state: { version: 1, cloud: null, clock: '', shell: [...this.history] },
    blobs: new Map(),
  });
}

function requestsOf(line: string): Exchange[] {
  return [
    { method: 'GET', url: `https://cloud/${line}`, status: 200, requestHeaders: [], responseHeaders: [] },
  ];
}

function setUp({
  storage = memory(),
  engine = {},
}: { storage?: PageStorage; engine?: Partial<Engine> } = {}) {
  const shells: EchoShell[] = [];
  const create = async () => {
    const shell = new EchoShell();
    shells.push(shell);
    return shell;
  };
  const loadEngine = vi.fn(async (): Promise<Engine> => ({ create, restore: create, ...engine }));
  const sandbox = new PageSandbox({ page: 'docs/a.md', cloud: 'course', loadEngine, storage });
  return { sandbox, shells, loadEngine, storage };
}

function memory(): PageStorage & { saved: Map<string, SavedPage> } {
  const saved = new Map<string, SavedPage>();
  return {
    saved,
    load: async (page) => saved.get(page),
    save: async (page, state) => void saved.set(page, state),
    remove: async (page) => void saved.delete(page),
  };
}

const command = (source: string, more: Partial<PageCommand> = {}): PageCommand => ({
  source,
  expected: `${source}\n`,
  exitCode: 0,
  group: 0,
  index: 0,
  ...more,
});

const settled = (sandbox: PageSandbox) =>
  vi.waitFor(() => {
    expect(sandbox.view().entries.every(({ status }) => status === 'done' || status === 'interrupted')).toBe(
      true,
    );
    expect(sandbox.view().status).not.toBe('busy');
  });

test('nothing is fetched before a command is to be run', async () => {
  const { sandbox, loadEngine } = setUp();
  await sandbox.restore();
  expect(loadEngine).not.toHaveBeenCalled();
});

test('commands of the page run one after the other, each at its time', async () => {
  const { sandbox, shells } = setUp();
  sandbox.run([command('a', { group: 2 }), command('b', { group: 2, index: 1 })]);
  await settled(sandbox);
  expect(shells[0]?.history).toEqual(['a', 'b']);
  expect(shells[0]?.times).toEqual([120, 121]);
});

test('an answer is compared with what the page shows', async () => {
  const { sandbox } = setUp();
  sandbox.run([command('a'), command('b', { index: 1, expected: 'something else\n' })]);
  await settled(sandbox);
  expect(Object.values(sandbox.view().results).map(({ matches }) => matches)).toEqual([true, false]);
});

test('Ctrl-C stops what runs and forgets what waits', async () => {
  const { sandbox, shells } = setUp();
  sandbox.type(['wait', 'never']);
  await vi.waitFor(() => expect(sandbox.view().status).toBe('busy'));
  sandbox.interrupt();
  await settled(sandbox);
  expect(sandbox.view().entries.map(({ source, status }) => [source, status])).toEqual([
    ['wait', 'interrupted'],
  ]);
  sandbox.type(['again']);
  await settled(sandbox);
  expect(shells[0]?.history).toEqual(['wait', 'again']);
});

test('what was done is stored, and another visit goes on from there', async () => {
  const storage = memory();
  const { sandbox } = setUp({ storage });
  sandbox.run([command('a')]);
  await settled(sandbox);
  await vi.waitFor(() => expect(storage.saved.size).toBe(1));

  const restored: unknown[] = [];
  const next = setUp({
    storage,
    engine: {
      restore: async ({ state }) => {
        restored.push(state.shell);
        return new EchoShell();
      },
    },
  });
  await next.sandbox.restore();
  expect(next.sandbox.view().entries.map(({ source }) => source)).toEqual(['a']);
  next.sandbox.type(['b']);
  await settled(next.sandbox);
  expect(restored).toEqual([['a']]);
});

test('starting again forgets everything, even what a running command still prints', async () => {
  const storage = memory();
  const { sandbox, shells } = setUp({ storage });
  sandbox.type(['wait']);
  await vi.waitFor(() => expect(sandbox.view().status).toBe('busy'));
  await sandbox.startAgain();
  expect(sandbox.view().entries).toEqual([]);
  sandbox.type(['fresh']);
  await settled(sandbox);
  expect(shells.at(-1)?.history).toEqual(['fresh']);
  expect(sandbox.view().entries.map(({ source }) => source)).toEqual(['fresh']);
});

test('running up to a command starts again and runs the page from its top', async () => {
  const { sandbox, shells } = setUp();
  sandbox.register([{ group: 0, commands: [command('first'), command('second')] }]);
  sandbox.type(['stray']);
  await settled(sandbox);
  await sandbox.runUpTo(command('second', { index: 1 }), 'openstack');
  await settled(sandbox);
  expect(shells.at(-1)?.history).toEqual(['first', 'second']);
});

test('an engine that does not come is said, and what waits runs when it is fetched again', async () => {
  const { sandbox, loadEngine } = setUp();
  loadEngine.mockRejectedValueOnce(new Error('offline'));
  sandbox.type(['a']);
  await vi.waitFor(() => expect(sandbox.view().status).toBe('failed'));
  expect(sandbox.view().failure).toContain('could not be fetched');
  sandbox.retry();
  await settled(sandbox);
  expect(sandbox.view().entries[0]?.output).toBe('a\n');
});

test.each([
  ['cannot be read', new UnreadablePageError('docs/a.md')],
  ['does not let the page store', new Error('no IndexedDB')],
])('a storage that fails to load is said (%s), and the page works', async (sentence, error) => {
  const { sandbox } = setUp({ storage: { ...memory(), load: () => Promise.reject(error) } });
  sandbox.type(['a']);
  await settled(sandbox);
  expect(sandbox.view().trouble).toContain(sentence);
  expect(sandbox.view().entries[0]?.output).toBe('a\n');
});

test('a command given while the storage is still being read comes after what was stored', async () => {
  const storage = memory();
  const first = setUp({ storage });
  first.sandbox.type(['before']);
  await settled(first.sandbox);
  await vi.waitFor(() => expect(storage.saved.size).toBe(1));

  const next = setUp({ storage });
  const restored = next.sandbox.restore();
  next.sandbox.type(['after']);
  await restored;
  await settled(next.sandbox);
  const { entries } = next.sandbox.view();
  expect(entries.map(({ source, output }) => [source, output])).toEqual([
    ['before', 'before\n'],
    ['after', 'after\n'],
  ]);
});

test('a stored sandbox that is damaged is said, and the page starts fresh', async () => {
  const storage = memory();
  const first = setUp({ storage });
  first.sandbox.type(['a']);
  await settled(first.sandbox);
  await vi.waitFor(() => expect(storage.saved.size).toBe(1));
  const next = setUp({ storage, engine: { restore: () => Promise.reject(new Error('damaged')) } });
  next.sandbox.type(['b']);
  await settled(next.sandbox);
  expect(next.sandbox.view().trouble).toContain('cannot be read');
  expect(next.shells[0]?.history).toEqual(['b']);
});

test('a full storage is said, and the sandbox keeps what it has', async () => {
  const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  const { sandbox, shells } = setUp({ storage: { ...memory(), save: full } });
  sandbox.type(['a']);
  await settled(sandbox);
  await vi.waitFor(() => expect(sandbox.view().trouble).toContain('is full'));
  sandbox.type(['b']);
  await settled(sandbox);
  expect(shells[0]?.history).toEqual(['a', 'b']);
});

test('the requests of a command are shown beside it, and never stored', async () => {
  const storage = memory();
  const { sandbox } = setUp({ storage });
  sandbox.type(['one']);
  await vi.waitFor(() => expect(storage.saved.size).toBe(1));
  const [entry] = sandbox.view().entries;
  expect(sandbox.view().requests[entry?.id ?? 0]).toEqual(requestsOf('one'));
  expect(JSON.stringify(storage.saved.get('docs/a.md'))).not.toContain('https://cloud/');
  await sandbox.startAgain();
  expect(sandbox.view().requests).toEqual({});
});
