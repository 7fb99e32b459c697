import { expect, test } from 'vitest';
import { createSandbox } from './sandbox';

/** The texts are OpenSSL 3.0.19's. */
async function terminal(line: string): Promise<string> {
  return (await (await createSandbox()).run(line)).terminal;
}

test('openssl rand makes as many bytes as asked for, each time others', async () => {
  expect(await terminal('openssl rand -hex 32')).toMatch(/^[0-9a-f]{64}\n$/);
  expect(await terminal('openssl rand 100000 | wc -c')).toBe('100000\n');
  expect(await terminal('[ $(openssl rand -hex 8) = $(openssl rand -hex 8) ] || echo differ')).toBe(
    'differ\n',
  );
  expect(await terminal('openssl rand -hex 0x10')).toMatch(/^[0-9a-f]{32}\n$/);
  expect(await terminal('openssl rand -base64 100')).toMatch(/^[\w+/]{64}\n[\w+/]{64}\n[\w+/]{6}==\n$/);
  expect(await terminal('openssl rand -base64 -hex 4')).toMatch(/^[0-9a-f]{8}\n$/); // the last one counts
  expect(await terminal('openssl rand -hex; echo $?')).toBe('\n0\n');
});

test('openssl rand refuses in the words of the real one', async () => {
  const summary = 'rand: Use -help for summary.\n1\n';
  for (const [args, why] of [
    ['-hex abc', 'rand: Can\'t parse "abc" as a number\n'],
    ['-hex 4k', 'rand: Can\'t parse "4k" as a number\n'],
    ['-hex 1.5', 'rand: Can\'t parse "1.5" as a number\n'],
    ["''", 'rand: Can\'t parse "" as a number\n'],
    ['-hex 99999999999999999999', 'rand: Can\'t parse "99999999999999999999" as a number\n'],
    ['-hex 4294967296', 'rand: Value "4294967296" outside integer range\n'],
    ['-hex -5', 'rand: Unknown option: -5\n'],
    ['-hex 0', ''],
    ['-hex 2 3', ''],
  ] as const)
    expect(await terminal(`openssl rand ${args}; echo $?`), args).toBe(why + summary);
});

test('what else openssl does is not here, and that is said', async () => {
  expect(await terminal('openssl req -x509; echo $?')).toMatch(
    /^openssl req: not in this sandbox, .*\n127\n$/,
  );
  expect(await terminal('openssl rand -out key 4; echo $?')).toMatch(
    /^openssl rand -out: not in this sandbox, .*\n127\n$/,
  );
});

test('manila is said to be gone, and what is there now', async () => {
  expect(await terminal('manila list; echo $?')).toMatch(/^manila: gone .* openstack share .*\n127\n$/);
});
