import { expect, test } from 'vitest';
import { createSandbox } from './sandbox';
import { fakeProgram } from './testing/fake-programs';

/** The line after Tab when there is one way to go on, else all ways. */
async function tab(line: string, ...before: string[]): Promise<string | string[]> {
  const sandbox = await createSandbox({
    cloud: 'empty',
    programs: { openstack: fakeProgram },
    completers: {
      openstack: async (words) => {
        if (words.length <= 1) return ['image', 'token'];
        return words.at(-1)?.startsWith('-') ? ['--disk-format', '--file='] : ['my image', 'your-image'];
      },
    },
  });
  for (const each of before) await sandbox.run(each);
  const { start, candidates } = await sandbox.complete(line, line.length);
  return candidates.length === 1 ? line.slice(0, start) + candidates[0] : candidates;
}

test('a program, a builtin, a function', async () => {
  expect(await tab('openst')).toBe('openstack ');
  expect(await tab('expor')).toBe('export ');
  expect(await tab('ls | md5')).toBe('ls | md5sum ');
  expect(await tab('x=$(openst')).toBe('x=$(openstack ');
  expect(await tab('OS_CLOUD=admin openst')).toBe('OS_CLOUD=admin openstack ');
  expect(await tab('gree', 'greet() { echo hi; }')).toBe('greet ');
});

test('words of a program, as its completer says', async () => {
  expect(await tab('openstack im')).toBe('openstack image ');
  expect(await tab('true && openstack to')).toBe('true && openstack token ');
  expect(await tab('openstack image create --d')).toBe('openstack image create --disk-format ');
  expect(await tab('openstack image create --f')).toBe('openstack image create --file=');
});

test('names that need quotes get them, in the way the word began', async () => {
  expect(await tab('openstack image show m')).toBe('openstack image show my\\ image ');
  expect(await tab('openstack image show "my')).toBe('openstack image show "my image" ');
  expect(await tab("openstack image show 'my i")).toBe("openstack image show 'my image' ");
});

test('files and folders', async () => {
  expect(await tab('md5sum tiny.q')).toBe('md5sum tiny.qcow2 ');
  expect(await tab('cat ~/.conf')).toBe('cat ~/.config/');
  expect(await tab('cat .config/op')).toBe('cat .config/openstack/');
  expect(await tab('cat tiny')).toEqual(['tiny.qcow2 ', 'tiny.raw ']);
  expect(await tab('openstack image create --file tiny.r')).toBe('openstack image create --file tiny.raw ');
  expect(await tab('cat < adm')).toBe('cat < admin-openrc ');
  expect(await tab('cat a', 'rm *; echo > "a b"')).toBe('cat a\\ b ');
  expect(await tab('cat nowhere/x')).toEqual([]);
});

test('variables', async () => {
  expect(await tab('echo $OS_CL')).toBe('echo $OS_CLOUD');
  expect(await tab('echo "${OS_CL')).toBe('echo "${OS_CLOUD}');
  expect(await tab("echo '$OS_CL")).toEqual([]);
});
