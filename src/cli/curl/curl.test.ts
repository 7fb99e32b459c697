import { expect, test, describe } from 'vitest';
import { MemoryFiles, run } from '../testing/terminal';
import { expandUrl } from './glob';

/** A server that answers with what it was asked. */
const echo = async (request: Request) => {
  const { pathname, search, hostname, port } = new URL(request.url);
  if (hostname.endsWith('.invalid'))
    throw new TypeError('fetch failed', { cause: new Error(`getaddrinfo ENOTFOUND ${hostname}`) });
  if (port === '1')
    throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') });
  if (pathname === '/refused') return new Response('no', { status: 401 });
  if (pathname === '/zeros') return new Response(new Uint8Array(4));
  if (pathname === '/moved') return new Response(null, { status: 302, headers: { location: '/here' } });
  const body = await request.text();
  const headers = Object.fromEntries(request.headers);
  const answer = JSON.stringify({ method: request.method, path: pathname + search, headers, body });
  return new Response(answer, {
    status: 201,
    headers: { 'Content-Type': 'application/json', 'X-Made': 'yes' },
  });
};

const files = () =>
  new MemoryFiles({ 'lines.json': '[1,\n2]\n', 'disk.raw': '\0\0\0', 'headers.txt': 'X-A: 1\nX-B: 2\n' });

/** Text is split at blanks, an array is taken as it is. */
function curl(line: string | string[], options: Parameters<typeof run>[1] = {}) {
  const words = typeof line === 'string' ? line.split(' ') : line;
  return run(['curl', ...words], { fetch: echo, files: files(), ...options });
}

async function sent(line: string | string[], options?: Parameters<typeof run>[1]) {
  const { stdout } = await curl(line, options);
  // echo() wrote it
  return JSON.parse(String(stdout)) as {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: string;
  };
}

describe('what real curl 8.14 says and how it ends', () => {
  const tryIt = "curl: try 'curl --help' or 'curl --manual' for more information\n";
  test.each([
    ['--nosuch', `curl: option --nosuch: is unknown\n${tryIt}`, 2],
    ['--dat x http://h', `curl: option --dat: is unknown\n${tryIt}`, 2],
    ['-X', `curl: option -X: requires parameter\n${tryIt}`, 2],
    ['-s', `curl: (2) no URL specified\n${tryIt}`, 2],
    [
      '-d @nosuch http://h',
      `curl: Failed to open nosuch\ncurl: option -d: error encountered when reading a file\n${tryIt}`,
      26,
    ],
    [
      '--json @nosuch http://h',
      `curl: Failed to open nosuch\ncurl: option --json: error encountered when reading a file\n${tryIt}`,
      26,
    ],
    [
      '-T nosuch http://h',
      `curl: cannot open 'nosuch'\n${tryIt}curl: (26) Failed to open/read local data from file/application\n`,
      26,
    ],
    ['-sS nosuch.invalid', 'curl: (6) Could not resolve host: nosuch.invalid\n', 6],
    ['-s nosuch.invalid', '', 6],
    [
      '-sS http://127.0.0.1:1/',
      'curl: (7) Failed to connect to 127.0.0.1 port 1 after 0 ms: Could not connect to server\n',
      7,
    ],
    ['-sS foo://x', 'curl: (1) Protocol "foo" not supported\n', 1],
    ['-sS http://', 'curl: (3) URL rejected: No host part in the URL\n', 3],
    [
      '-sS http://127.0.0.1:99999/',
      'curl: (3) URL rejected: Port number was not a decimal number between 0 and 65535\n',
      3,
    ],
    ['-sSf http://h/refused', 'curl: (22) The requested URL returned error: 401\n', 22],
    ['-sf http://h/refused', '', 22],
  ])('%s', async (line, stderr, exitCode) => {
    expect(await curl(line)).toEqual({ stdout: '', stderr, exitCode });
  });

  test('an option that curl has and the sandbox has not is no spelling mistake', async () => {
    const { stderr, exitCode } = await curl('--form a=b http://h');
    expect(stderr).toContain('option --form: not in this sandbox');
    expect(exitCode).toBe(2);
  });

  test('--fail-with-body shows the body of a refusal, --fail does not', async () => {
    expect((await curl('-s --fail-with-body http://h/refused')).stdout).toBe('no');
    expect((await curl('-s --fail http://h/refused')).stdout).toBe('');
  });

  test('binary data are kept from a terminal, not from a pipe', async () => {
    const { stdout, stderr, exitCode } = await curl('http://h/zeros', { terminal: 80 });
    expect([stdout, exitCode]).toEqual(['', 23]);
    expect(stderr).toMatch(/^Warning: Binary output can mess up your terminal\./);
    expect(new TextEncoder().encode(String((await curl('-s http://h/zeros')).stdout))).toHaveLength(4);
  });

  test('the progress meter is for output that goes elsewhere, and -s takes it away', async () => {
    expect((await curl('http://h/')).stderr).toContain('% Total');
    expect((await curl('http://h/', { terminal: 80 })).stderr).toBe('');
    expect((await curl('-s http://h/')).stderr).toBe('');
  });
});

describe('what is sent', () => {
  test('-d is a form that is posted; several are joined; a file loses its line ends', async () => {
    const { method, headers, body } = await sent('-s -d a=1 -d @lines.json http://h/');
    expect({ method, body, type: headers['content-type'] }).toEqual({
      method: 'POST',
      body: 'a=1&[1,2]',
      type: 'application/x-www-form-urlencoded',
    });
  });

  test('--json is JSON both ways, and its pieces are put together as they are', async () => {
    const { headers, body } = await sent(['-s', '--json', '{"a"', '--json', ':1}', 'http://h/']);
    expect(body).toBe('{"a":1}');
    expect(headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
  });

  test('a header of your own stands in for that of --json', async () => {
    const { headers } = await sent(['-s', '--json', '{}', '-H', 'Content-Type: application/x', 'http://h/']);
    expect(headers['content-type']).toBe('application/x');
  });

  test('--data-binary @FILE keeps every byte, -X chooses the method', async () => {
    const { method, body } = await sent([
      '-s',
      '-X',
      'PATCH',
      '-H',
      'Content-Type: application/octet-stream',
      '--data-binary',
      '@lines.json',
      'http://h/',
    ]);
    expect({ method, body }).toEqual({ method: 'PATCH', body: '[1,\n2]\n' });
  });

  test('-T puts a file, and its name at the end of a URL that ends in a slash', async () => {
    expect(await sent('-s -T disk.raw http://h/images/')).toMatchObject({
      method: 'PUT',
      path: '/images/disk.raw',
      body: '\0\0\0',
    });
    expect((await sent('-s -T - http://h/file', { stdin: new Blob(['piped']) })).body).toBe('piped');
  });

  test('-G puts the data into the query', async () => {
    const { method, path } = await sent([
      '-s',
      '-G',
      '-d',
      'a=1',
      '--data-urlencode',
      'b=c d&',
      'http://h/x?z=0#f',
    ]);
    expect({ method, path }).toEqual({ method: 'GET', path: '/x?z=0&a=1&b=c+d%26' });
  });

  test('-H adds, replaces and takes away headers, also from a file', async () => {
    const { headers } = await sent([
      '-s',
      '-H',
      '@headers.txt',
      '-H',
      'X-C;',
      '-H',
      'User-Agent: me',
      'http://h/',
    ]);
    expect(headers).toMatchObject({ 'x-a': '1', 'x-b': '2', 'x-c': '', 'user-agent': 'me' });
  });

  test('the options of one letter can stand together, with their value', async () => {
    expect(await sent('-sSXPUT -da=1 http://h/')).toMatchObject({ method: 'PUT', body: 'a=1' });
  });
});

describe('what is printed', () => {
  test('-i shows status line and headers as HTTP writes them', async () => {
    expect(String((await curl('-si http://h/')).stdout).split('{')[0]).toBe(
      'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nX-Made: yes\r\n\r\n',
    );
  });

  test('-I asks with HEAD', async () => {
    const { stdout } = await curl('-sI http://h/');
    expect(stdout).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
    expect(stdout).toMatch(/\r\n\r\n$/);
  });

  test('-v shows both sides; the request as real curl lays it out', async () => {
    const { stderr } = await curl(['-sv', '-H', 'X-Auth-Token: abc', '-d', '{}', 'http://h/v2/images']);
    const request = stderr.split('\n').filter((line) => line.startsWith('>'));
    expect(request).toEqual([
      '> POST /v2/images HTTP/1.1',
      '> Host: h',
      '> User-Agent: curl/8.14.1',
      '> Accept: */*',
      '> X-Auth-Token: abc',
      '> Content-Length: 2',
      '> Content-Type: application/x-www-form-urlencoded',
      '> ',
    ]);
    expect(stderr).toContain('< HTTP/1.1 201 Created\r\n');
  });

  test('-w has the variables of curl, and a complaint for others', async () => {
    const format = '%{http_code} %{method} %header{x-made} 100%% %{nosuch}\\n%{stderr}err';
    expect(await curl(['-s', '-o', '/dev/null', '-w', format, 'http://h/'])).toEqual({
      stdout: '201 GET yes 100% \n',
      stderr: "curl: unknown --write-out variable: 'nosuch'\nerr",
      exitCode: 0,
    });
    expect((await curl(['-s', '-w', '%{http_code} %{exitcode}', 'http://a.invalid'])).stdout).toBe('000 6');
  });

  test('-o and -O write files; a refusal with -f writes none', async () => {
    const memory = files();
    await curl('-s -o out -O http://h/zeros http://h/a/name?x=1', { files: memory });
    await curl('-sf -o none http://h/refused', { files: memory });
    expect((await memory.stat('out'))?.size).toBe(4);
    expect(await memory.stat('name')).toBeDefined();
    expect(await memory.stat('none')).toBeUndefined();
  });

  test('-L follows a redirect, and only then', async () => {
    const format = ['-w', ' %{http_code} %{num_redirects} %{redirect_url}'];
    expect((await curl(['-s', ...format, 'http://h/moved'])).stdout).toBe(' 302 0 http://h/here');
    expect((await curl(['-s', '-o', '/dev/null', '-L', ...format, 'http://h/moved'])).stdout).toBe(' 201 1 ');
  });
});

test('a URL with braces and ranges stands for several, unless -g says otherwise', async () => {
  expect(expandUrl('http://x/{a,b}[1-2]')).toEqual([
    'http://x/a1',
    'http://x/a2',
    'http://x/b1',
    'http://x/b2',
  ]);
  const format = ['-s', '-o', '/dev/null', '-w', '%{urlnum} %{http_code}\\n'];
  expect((await curl([...format, 'http://h/[1-3]'])).stdout).toBe('0 201\n1 201\n2 201\n');
  expect((await curl([...format, '-g', 'http://h/[1-3]'])).stdout).toBe('0 201\n');
  expect((await curl('-s http://h/[1-')).exitCode).toBe(3);
});

test('Ctrl-C ends it as it ends every program', async () => {
  const abort = new AbortController();
  const never = () => new Promise<Response>(() => {});
  const running = curl('-s http://h/', { fetch: never, signal: abort.signal });
  abort.abort();
  expect((await running).exitCode).toBe(130);
});
