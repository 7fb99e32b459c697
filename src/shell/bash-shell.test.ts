import { describe, expect, test } from 'vitest';
import type { Sandbox } from './sandbox';
import { createSandbox, restoreSandbox } from './sandbox';
import { fakeProgram } from './testing/fake-programs';

const options = { cloud: 'empty', programs: { fake: fakeProgram }, completers: {} };

/** What the terminal shows after the last of some lines. */
async function last(...lines: string[]): Promise<string> {
  return lastIn(await createSandbox(options), ...lines);
}

async function lastIn(sandbox: Sandbox, ...lines: string[]): Promise<string> {
  let terminal = '';
  for (const line of lines) ({ terminal } = await sandbox.run(line));
  return terminal;
}

describe('what lasts from one line to the next', () => {
  test('a variable, exported or not', async () => {
    expect(await last('x="a  b"', 'echo "$x"')).toBe('a  b\n');
    expect(await last('OS_CLOUD=admin', 'fake cloud')).toBe('admin\n');
    expect(await last('unset OS_CLOUD; OS_CLOUD=admin', 'fake cloud')).toBe('none\n');
    expect(await last('export OS_CLOUD=viewer', 'fake cloud')).toBe('viewer\n');
    expect(await last('OS_CLOUD=viewer fake cloud', 'fake cloud')).toBe('demo\n');
    expect(await last('x=1', 'unset x', 'echo "[$x]"')).toBe('[]\n');
  });

  test('the working directory, and the one before', async () => {
    expect(await last('mkdir a', 'cd a', 'pwd')).toBe('/home/learner/a\n');
    expect(await last('cd /tmp', 'cd', 'cd -')).toBe('/tmp\n');
  });

  test('arrays of both kinds', async () => {
    expect(await last('a=(1 "2 3" $\'x\\ty\')', 'echo "${a[1]}" "${#a[@]}" "${a[2]}"')).toBe('2 3 3 x\ty\n');
    expect(await last('declare -A m; m["a b"]="it\'s"', 'echo "${m["a b"]}"')).toBe("it's\n");
  });

  test('functions, those of a sourced file too, until they are unset', async () => {
    expect(await last('hi() { for i in "$@"; do echo "hi $i"; done | tr a-z A-Z; }', 'hi you all')).toBe(
      'HI YOU\nHI ALL\n',
    );
    expect(await last("echo 'hi() { echo hi $1; }; x=1' > f.sh", 'source f.sh', 'hi "$x"')).toBe('hi 1\n');
    expect(await last('hi() { echo hi; }', 'unset -f hi', 'hi')).toBe('bash: hi: command not found\n');
  });

  test('aliases, attributes and options', async () => {
    expect(await last('alias say="echo said"', 'say it')).toBe('said it\n');
    expect(await last('declare -i n=1', 'n=6*7', 'echo $n')).toBe('42\n');
    expect(await last('readonly r=1', 'r=2')).toBe('bash: r: readonly variable\n');
    expect(await last('shopt -s nullglob', 'echo *.nothing')).toBe('\n');
    expect(await last('set -o noclobber', 'echo a > f', 'echo b > f')).toBe(
      'bash: f: cannot overwrite existing file\n',
    );
  });

  test('the exit status, and that of each command in a pipe', async () => {
    expect(await last('false', 'echo $?')).toBe('1\n');
    expect(await last('false', 'x=1', 'echo $?')).toBe('0\n');
    expect(await last('false || x=1 && echo $?; x=$(false); echo $?')).toBe('0\n1\n');
    expect(await last('fake fail', 'true', 'echo $?')).toBe('0\n');
    expect(await last('false | true', 'echo ${PIPESTATUS[@]}')).toBe('1 0\n');
    expect(await last('echo "', 'echo $?')).toBe('2\n');
  });

  test('what stood before a line that ended early', async () => {
    const sandbox = await createSandbox(options);
    expect(await lastIn(sandbox, 'x=1', 'exit 3', 'echo $? $x')).toBe('3 1\n');
    expect(await lastIn(sandbox, 'set -u; echo $nothing', 'echo $? $x')).toBe('1 1\n');
    expect(await lastIn(sandbox, 'set -e; false; echo no', 'echo $? $x')).toBe('1 1\n');
  });

  test('all of it after a snapshot and a restore, which is JSON', async () => {
    const before = await createSandbox(options);
    await lastIn(
      before,
      'x=1; a=(1 2); f() { echo f$x; }',
      'mkdir d; cd d',
      'fake bytes > b; chmod 600 b; rm ../tiny.raw',
    );
    const state: unknown = JSON.parse(JSON.stringify(await before.snapshot()));
    const after = await restoreSandbox(state as never, options);
    expect(await lastIn(after, 'f; echo ${a[1]}; pwd; md5sum b; ls ..; history | wc -l')).toBe(
      await lastIn(before, 'f; echo ${a[1]}; pwd; md5sum b; ls ..; history | wc -l'),
    );
    expect(after.clock.now()).toEqual(before.clock.now());
    expect(after.history).toEqual(before.history);
  });
});

describe('what a program is given', () => {
  test.each([
    ['fake stdin', 'terminal'],
    ['fake stdin < /dev/null', '[]'],
    ['printf "" | fake stdin', '[]'],
    ['printf abc | fake stdin', '[97 98 99]'],
    ['fake bytes | head -c 3 | fake stdin', '[0 1 2]'],
    ['fake stdin <<< é', '[195 169 10]'],
    ['f() { fake stdin; }; f < /dev/null', '[]'],
    ['while fake stdin; do break; done < /dev/null', '[]'],
  ])('%s: standard input is %s', async (line, expected) => {
    expect(await last(line)).toBe(`${expected}\n`);
  });

  test.each([
    ['fake stdout', 'terminal'],
    ['fake stdout | cat', 'no terminal'],
    ['echo $(fake stdout)', 'no terminal'],
    ['fake stdout > f; cat f', 'no terminal'],
    ['fake stdout 2> f', 'terminal'],
    ['f() { fake stdout; }; f', 'terminal'],
    ['f() { fake stdout; }; f | cat', 'no terminal'],
    ['for i in 1; do fake stdout; done', 'terminal'],
    ['{ fake stdout; } > f; cat f', 'no terminal'],
    ['x=$(f() { fake stdout; }; f); echo $x', 'no terminal'],
  ])('%s: standard output is a %s', async (line, expected) => {
    expect(await last(line)).toBe(`${expected}\n`);
  });

  test('bytes stay as they are through pipes, files and uploads', async () => {
    const sum = 'e2c865db4162bed963bfaa9ef6ac18f0';
    expect(await last('fake bytes | md5sum')).toBe(`${sum}  -\n`);
    expect(await last('fake bytes > b', 'md5sum b', 'md5sum < b')).toBe(`${sum}  -\n`);
    expect(await last('fake bytes > b', 'fake size b')).toBe('256\n');
    expect(await last('cat tiny.raw | wc -c')).toBe('1048576\n');
  });
});

describe('what the terminal shows', () => {
  test('both streams in the order in which they came', async () => {
    expect(await last('nope; echo a; fake fail; ls nope; echo b')).toBe(
      'bash: nope: command not found\na\nout\nerr\nls: nope: No such file or directory\nb\n',
    );
    expect(await last('for i in 1 2; do echo $i; cd nope; done')).toBe(
      '1\nbash: cd: nope: No such file or directory\n2\nbash: cd: nope: No such file or directory\n',
    );
    expect(await last('echo "[$(fake fail)]"')).toBe('err\n[out]\n');
  });

  test('and keeps them apart for whoever asks', async () => {
    const { stdout, stderr, exitCode } = await (await createSandbox(options)).run('fake fail');
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: 'out\n', stderr: 'err\n', exitCode: 1 });
  });

  test('redirects of both streams, one into the other too', async () => {
    expect(await last('fake fail 2>/dev/null')).toBe('out\n');
    expect(await last('fake fail > f 2>&1; cat f')).toBe('out\nerr\n');
    expect(await last('fake fail 2>&1 | grep err')).toBe('err\n');
    expect(await last('fake fail |& sort')).toBe('err\nout\n');
    expect(await last('{ echo a; echo b >&2; } 2>/dev/null')).toBe('a\n');
  });

  test('text as it comes, while the line still runs', async () => {
    const sandbox = await createSandbox(options);
    const seen: string[] = [];
    await sandbox.run('for i in 1 2; do echo $i; done', { onOutput: (text) => seen.push(text) });
    expect(seen).toEqual(['1\n', '2\n']);
  });

  test('the last state of a line that is drawn over and over', async () => {
    const sandbox = await createSandbox(options);
    const { terminal } = await sandbox.run("printf '\\r[>  ] 1%%\\r[=> ] 50%%\\nabc\\rX\\n'");
    expect(terminal).toBe('[=> ] 50%\nXbc\n');
  });

  test('a note instead of binary data, whose bytes stay in stdout', async () => {
    const note = '[binary data, 256 bytes; write it to a file with > NAME]\n';
    const seen: string[] = [];
    const sandbox = await createSandbox(options);
    const { stdout, terminal } = await sandbox.run('fake bytes', { onOutput: (text) => seen.push(text) });
    expect({ terminal, seen }).toEqual({ terminal: note, seen: [note] });
    expect(stdout).toHaveLength(256);
  });

  test('markup as text', async () => {
    expect(await last('echo "<script>alert(1)</script>"')).toBe('<script>alert(1)</script>\n');
  });
});

describe('mistakes', () => {
  test.each([
    ['echo "a', 'bash: unexpected EOF while looking for matching `"\'', 2],
    ["echo 'a", "bash: unexpected EOF while looking for matching `''", 2],
    ['echo $(ls', "bash: unexpected EOF while looking for matching `)'", 2],
    ['if true; then', 'bash: syntax error: unexpected end of file', 2],
    ['echo a |', 'bash: syntax error: unexpected end of file', 2],
    ['echo )', "bash: syntax error near unexpected token `)'", 2],
    ['if fi', "bash: syntax error near unexpected token `fi'", 2],
    ['nope', 'bash: nope: command not found', 127],
    ['cat nope', 'cat: nope: No such file or directory', 1],
    ['cat < nope', 'bash: nope: No such file or directory', 1],
    ['echo a > no/file', 'bash: no/file: No such file or directory', 1],
    ['echo a > /tmp', 'bash: /tmp: Is a directory', 1],
  ])('%s', async (line, message, exitCode) => {
    const result = await (await createSandbox(options)).run(line);
    expect(result).toMatchObject({ terminal: `${message}\n`, exitCode });
  });

  test('a program that OpenStack people know but the sandbox lacks says so, and where to read', async () => {
    const { terminal, exitCode } = await (await createSandbox(options)).run('virt-install --name web');
    expect(terminal).toMatch(/^virt-install: not in this sandbox\. Read about it at https:\S+\n$/);
    expect(exitCode).toBe(127);
  });

  test('a line of ten thousand characters', async () => {
    const text = 'x'.repeat(10_000);
    expect(await last(`echo ${text} | wc -c`)).toBe('10001\n');
    expect(await last(text)).toBe(`bash: ${text}: command not found\n`);
  });
});

describe('Ctrl-C', () => {
  test.each([
    'while true; do :; done',
    'for ((;;)); do x=1; done',
    'until false; do sleep 1; done',
    'f() { while :; do :; done; }; f',
  ])('stops %s, and the shell goes on', async (line) => {
    const sandbox = await createSandbox(options);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const result = await sandbox.run(`echo begun; ${line}`, { signal: controller.signal });
    expect(result).toMatchObject({ terminal: 'begun\n^C\n', exitCode: 130 });
    expect(await lastIn(sandbox, 'echo $?')).toBe('130\n');
  });
});

test('a line that runs longer than it may ends with a sentence, and the next one runs', async () => {
  const sandbox = await createSandbox({ ...options, maxSeconds: 0.2 });
  expect(await sandbox.run('x=1; while true; do :; done')).toMatchObject({
    terminal: 'bash: stopped: the line ran for longer than 0.2 seconds\n',
    exitCode: 124,
  });
  expect(await lastIn(sandbox, 'echo $?')).toBe('124\n');
});

test.each([
  ['http://nowhere:1/v3', "Failed to resolve 'nowhere'"],
  ['http://openstack.example/identity/v3', 'Connection refused'],
  ['http://127.0.0.1:5000/v3', 'Connection refused'],
])('at %s there is no cloud', async (url, why) => {
  const sandbox = await createSandbox({ cloud: 'empty' });
  await sandbox.run('unset OS_CLOUD; source demo-openrc');
  for (const line of [
    `openstack --os-auth-url ${url} image list`,
    `glance --os-auth-url ${url} image-list`,
  ]) {
    const { stderr, exitCode } = await sandbox.run(line);
    expect(stderr).toContain(`Unable to establish connection to ${url}/auth/tokens: HTTPConnectionPool(`);
    expect(stderr).toContain(why);
    expect(exitCode).toBe(1);
  }
});

describe('the time', () => {
  test('is the simulated one, and sleeping takes none of yours', async () => {
    expect(await last('date +%H:%M:%S')).toBe('09:00:01\n');
    expect(await last('sleep 3601', 'date +%H:%M:%S')).toBe('10:00:03\n');
    expect(await last('fake now 5000')).toBe('2026-11-22T09:00:06.000Z\n');
    expect(await last('echo a > f', 'ls -l f')).toMatch(/Nov 22 09:00 f\n$/);
  });

  test('is a place on the page when a page says so', async () => {
    const sandbox = await createSandbox(options);
    expect((await sandbox.run('date +%H:%M:%S', { at: 120 })).terminal).toBe('09:02:00\n');
  });
});

test('history has every line once in a row, in order', async () => {
  const sandbox = await createSandbox(options);
  expect(await lastIn(sandbox, 'true', 'true', ' ', 'false', 'history')).toBe(
    '    1  true\n    2  false\n    3  history\n',
  );
});

test('lines that are not finished', async () => {
  const { isIncomplete } = await createSandbox(options).then((sandbox) => ({
    isIncomplete: (line: string) => sandbox.isIncomplete(line),
  }));
  const open = [
    'echo "a',
    "echo 'a",
    'a \\',
    'a |',
    'a &&',
    'a ||',
    'for i in 1; do',
    'if true; then',
    'f() {',
    'cat <<EOF\nx',
    'x=$(ls',
    'a=(1',
  ];
  const whole = [
    'echo a',
    'echo )',
    'if fi',
    "# it's",
    'echo "a|"',
    'a \\\\',
    'cat <<EOF\nx\nEOF',
    '',
    'echo a &',
  ];
  expect(open.filter((line) => !isIncomplete(line))).toEqual([]);
  expect(whole.filter(isIncomplete)).toEqual([]);
});

describe('A command that another command runs', () => {
  test('is that command, not the line again', async () => {
    expect(await last('echo a b | xargs fake')).toBe('a b\n');
    expect(await last('echo a b | xargs -n 1 fake')).toBe('a\nb\n');
    expect(await last('echo a b | xargs -n1 fake')).toBe('a\nb\n');
    expect(await last('printf "a b\\nc\\n" | xargs -I{} fake "<{}>" -n1')).toBe('<a b> -n1\n<c> -n1\n');
    expect(await last('printf "a b\\nc\\n" | xargs -I % fake %')).toBe('a b\nc\n');
    expect(await last('touch x.xyz', "find . -name '*.xyz' -exec fake found {} ';'")).toBe('found ./x.xyz\n');
    expect(await last("bash -c 'fake a; echo $1 $?' it x")).toBe('a\nx 0\n');
    expect(await last('x=$(echo a | xargs fake); echo "[$x]"')).toBe('[a]\n');
    expect(await last('for i in a b; do echo $i | xargs fake; done > f', 'cat f')).toBe('a\nb\n');
  });

  test('gets the exported variables, and knows whether it writes to a pipe', async () => {
    expect(await last('export OS_CLOUD=viewer', 'echo cloud | xargs fake')).toBe('viewer\n');
    expect(await last('echo stdout | xargs fake')).toBe('terminal\n');
    expect(await last("bash -c 'fake stdout | cat'")).toBe('no terminal\n');
  });
});
