import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { run } from '../testing/terminal';

let script: string;

beforeAll(async () => {
  script = String((await run('openstack complete')).stdout);
});

test('the words of Image commands are those of the real client', () => {
  // lines that `openstack complete` of 7.4.0 prints
  const real = readFileSync(path.join(import.meta.dirname, 'complete-7.4.0.txt'), 'utf8');
  const lines = script.split('\n');
  expect(real.split('\n').filter((line) => line !== '' && !lines.includes(line))).toEqual([]);
});

test('--shell none prints the words alone, --name is what the program is called', async () => {
  const words = String((await run('openstack complete --shell none')).stdout);
  expect(words.startsWith("  cmds='access ")).toBe(true);
  expect(words.split('\n').filter((line) => !/^( {2}cmds\w*='.*')?$/.test(line))).toEqual([]);
  expect(String((await run('openstack complete --name os-cli')).stdout)).toMatch(
    /^_os_cli\(\)[^]*complete -F _os_cli os-cli\n$/,
  );
});

/** What a real bash offers after these words. */
function offered(...words: string[]): string[] {
  // stands in for bash-completion's function of that name
  const helper = '_get_comp_words_by_ref() { words=("${COMP_WORDS[@]}"); cur=${COMP_WORDS[COMP_CWORD]}; }\n';
  const typed = ['openstack', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${typed}) COMP_CWORD=${words.length}; _openstack; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc'], {
    input: helper + script + ask,
    encoding: 'utf8',
    cwd: '/',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

test('a real bash completes words, options and file names by it', () => {
  expect(offered('imag')).toEqual(['image']);
  expect(offered('image', 's')).toEqual(['save', 'set', 'show', 'stage', 'stores']);
  expect(offered('image', 'member', '')).toEqual(['get', 'list']);
  expect(offered('image', 'create', '--disk')).toEqual(['--disk-format']);
  expect(offered('cached', 'image', 'l')).toEqual(['list']);
  expect(offered('image', 'save', 'tm')).toEqual(['tmp']);
  expect(offered('$HOME', 'x.y', 'nosuch')).toEqual([]);
});
