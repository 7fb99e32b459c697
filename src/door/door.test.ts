import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDoor, type Door, type DoorOptions } from './door';
import { Caller, hears, raw } from './testing/caller';

let folder: string;
let door: Door;
let errors: unknown[];
const open = async (options: Partial<DoorOptions> = {}) =>
  (door = await openDoor({ cloud: 'course', port: 0, onError: (error) => errors.push(error), ...options }));

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'door-'));
  errors = [];
});
afterEach(async () => {
  await door.close();
  rmSync(folder, { recursive: true });
  expect(errors).toEqual([]);
});

describe('a client over HTTP', () => {
  test('is told of URLs that lead back to the same door', async () => {
    await open();
    const { catalog } = await Caller.login(door.url, 'demo');
    expect(catalog.find(({ type }) => type === 'image')?.endpoints[0]?.url).toBe(`${door.url}/image`);
    const versions = await fetch(`${door.url}/identity/v3`).then((response) => response.text());
    expect(versions).toContain(`${door.url}/identity/v3/`);
  });

  test('sees the status lines of the real services', async () => {
    await open();
    expect(await raw(door.url, 'GET /identity/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 300 MULTIPLE CHOICES\r\n/,
    );
  });

  test('sees headers with capitals and in their order, as services write them, and nothing of the connection', async () => {
    await open();
    const answer = await raw(door.url, 'HEAD /identity/v3 HTTP/1.1\r\nHost: x\r\n\r\n', {
      half: true,
    });
    expect(answer).toMatch(/\r\nContent-Type: application\/json\r\nContent-Length: /);
    expect(answer).not.toMatch(/keep-alive/i);
  });

  test('is answered before what comes after its request is refused', async () => {
    await open();
    const { catalog, token } = await Caller.login(door.url, 'demo');
    const store = catalog.find(({ type }) => type === 'object-store')?.endpoints[0]?.url ?? '';
    const { pathname } = new URL(store);
    await fetch(`${store}/c`, { method: 'PUT', headers: { 'X-Auth-Token': token } });
    const lengthless = `PUT ${pathname}/c/o HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${token}\r\n\r\nhello`;
    expect(await raw(door.url, lengthless)).toMatch(/^HTTP\/1.1 411 Length Required\r\n/);
    expect(await raw(door.url, 'hello')).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
  });

  test("sees Swift's headers in Swift's order, and each way to log in in a header of its own", async () => {
    await open();
    const { catalog, token } = await Caller.login(door.url, 'demo');
    const { pathname } = new URL(
      catalog.find(({ type }) => type === 'object-store')?.endpoints[0]?.url ?? '',
    );
    const ask = async (method: string, at: string, ...headers: string[]) => {
      const lines = [`${method} ${pathname}${at} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers];
      const answer = await raw(door.url, `${lines.join('\r\n')}\r\n\r\n`);
      return [...answer.split('\r\n\r\n')[0]!.matchAll(/^([\w-]+):/gm)].map(([, name]) => name).join(' ');
    };
    const login = `X-Auth-Token: ${token}`;
    await ask('PUT', '/c', login, 'Content-Length: 0', 'X-Container-Meta-Color: blue');
    await ask('PUT', '/c/o', login, 'Content-Length: 0', 'X-Object-Meta-Color: blue');
    expect([
      await ask('HEAD', '/c', login),
      await ask('GET', '/c', login),
      await ask('HEAD', '/c/o', login),
      await ask('GET', '/c/o', login),
      await ask('GET', '/c'),
    ]).toMatchInlineSnapshot(`
      [
        "Content-Type X-Container-Object-Count X-Container-Bytes-Used X-Timestamp X-Container-Meta-Color Last-Modified Accept-Ranges Content-Length X-Storage-Policy Vary X-Trans-Id X-Openstack-Request-Id Date",
        "Content-Type Content-Length X-Container-Object-Count X-Container-Bytes-Used X-Timestamp X-Container-Meta-Color Last-Modified Accept-Ranges X-Storage-Policy Vary X-Trans-Id X-Openstack-Request-Id Date",
        "Content-Type Content-Length X-Object-Meta-Color Etag Last-Modified X-Timestamp Accept-Ranges X-Trans-Id X-Openstack-Request-Id Date",
        "Content-Type X-Object-Meta-Color Etag Last-Modified X-Timestamp Accept-Ranges Content-Length X-Trans-Id X-Openstack-Request-Id Date",
        "Content-Type Www-Authenticate WWW-Authenticate Content-Length X-Trans-Id X-Openstack-Request-Id Date",
      ]
    `);
  });

  test('gets headers and no body for HEAD', async () => {
    await open();
    const { token } = await Caller.login(door.url, 'demo');
    for (const at of ['/identity/v3', '/identity/v3/auth/tokens']) {
      const headers = `Host: x\r\nX-Auth-Token: ${token}\r\nX-Subject-Token: ${token}\r\nConnection: close`;
      const answer = await raw(door.url, `HEAD ${at} HTTP/1.1\r\n${headers}\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 200 [^]*\r\n\r\n$/);
    }
  });

  test('uploads in chunks of unknown length and downloads the same bytes', async () => {
    await open();
    const caller = await Caller.login(door.url, 'demo');
    const id = await caller.createImage();
    const bytes = randomBytes(3_000_001);
    const body = new Blob([bytes]).stream();
    expect((await caller.upload(id, body)).status).toBe(204);
    const down = new Uint8Array(await (await caller.fetch(`/image/v2/images/${id}/file`)).arrayBuffer());
    expect(createHash('md5').update(down).digest('hex')).toBe(createHash('md5').update(bytes).digest('hex'));
  });

  test('may wait for 100 Continue before it sends', async () => {
    await open();
    const caller = await Caller.login(door.url, 'demo');
    const id = await caller.createImage();
    const sending = request(`${door.url}/image/v2/images/${id}/file`, {
      method: 'PUT',
      headers: {
        'X-Auth-Token': caller.token,
        'Content-Type': 'application/octet-stream',
        'Content-Length': 5,
        Expect: '100-continue',
      },
    });
    sending.flushHeaders();
    await hears(sending, 'continue');
    expect((await caller.image(id)).status).toBe('saving');
    sending.end('hello');
    await hears(sending, 'response');
    expect(await caller.image(id)).toMatchObject({ status: 'active', size: 5 });
  });

  test('may shut its side of the connection and still gets the answer', async () => {
    await open();
    expect(await raw(door.url, 'GET /identity/v3 HTTP/1.1\r\nHost: x\r\n\r\n', { half: true })).toContain(
      '"v3.14"',
    );
  });

  test('keeps its connection from request to request', async () => {
    await open();
    const get = 'GET /identity/v3 HTTP/1.1\r\nHost: x\r\n\r\n';
    const last = 'GET /identity/v3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    expect((await raw(door.url, get + get + last)).match(/HTTP\/1.1 200/g)).toHaveLength(3);
  });

  test('who hangs up in the middle of an upload leaves a queued image', async () => {
    await open();
    const caller = await Caller.login(door.url, 'demo');
    for (const framing of ['Content-Length: 1000', 'Transfer-Encoding: chunked']) {
      const id = await caller.createImage();
      const head = `PUT /image/v2/images/${id}/file HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${caller.token}\r\nContent-Type: application/octet-stream\r\n${framing}\r\n\r\n`;
      const socket = connect(Number(new URL(door.url).port), '127.0.0.1');
      socket.write(`${head}5\r\nhello\r\n`);
      await caller.until(id, 'saving');
      socket.destroy();
      expect(await caller.until(id, 'queued')).toMatchObject({ size: null, checksum: null });
      expect((await caller.upload(id, 'hello')).status).toBe(204);
    }
  });

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', /^HTTP\/1.1 400 /],
    ['a method that HTTP lacks', 'FROB / HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1.1 400 /],
    ['a broken host', 'GET / HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n', /^HTTP\/1.1 400 /],
    ['no host', 'GET /identity/v3 HTTP/1.1\r\n\r\n', /^HTTP\/1.1 400 /],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      /^HTTP\/1.1 400 /,
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}`, /^HTTP\/1.1 431 /],
    [
      'an impossible escape',
      'GET /image/v2/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      /^HTTP\/1.1 4/,
    ],
    ['TRACE', 'TRACE /identity/v3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1.1 405 /],
    ['CONNECT', 'CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n', /^$/],
    [
      'a body that is no JSON',
      'POST /identity/v3/auth/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{[',
      /^HTTP\/1.1 400 /,
    ],
  ])('who sends %s is refused, and the next one is served', async (_name, text, answer) => {
    await open();
    expect(await raw(door.url, text)).toMatch(answer);
    expect((await fetch(`${door.url}/identity/v3`)).status).toBe(200);
  });
});

test('a port that is taken is named', async () => {
  await open();
  const port = Number(new URL(door.url).port);
  await expect(openDoor({ cloud: 'course', port, onError: () => undefined })).rejects.toThrow(
    `Port ${port} is in use. Choose another with --port, or --port 0 for any free one.`,
  );
});

test('nobody but this machine reaches it', async () => {
  await open();
  const port = Number(new URL(door.url).port);
  // on all other addresses the port is still free
  const other = createServer();
  await new Promise<void>((resolve, reject) =>
    other.once('error', reject).listen(port, '127.0.0.2', resolve),
  );
  other.close();
});

test('it closes within a second or two although a client holds an upload open', async () => {
  await open();
  const caller = await Caller.login(door.url, 'demo');
  const id = await caller.createImage();
  const sending = request(`${door.url}/image/v2/images/${id}/file`, {
    method: 'PUT',
    headers: { 'X-Auth-Token': caller.token, 'Content-Type': 'application/octet-stream' },
  });
  const hungUp = hears(sending, 'error');
  sending.write('hello');
  await caller.until(id, 'saving');
  const start = performance.now();
  await door.close();
  expect(performance.now() - start).toBeLessThan(2000);
  await hungUp;
  const { state } = await door.cloud.snapshot({ blobs: 'separate' });
  expect(state.image.images.find((image) => image.id === id)?.status).toBe('queued');
});

describe('with a state file', () => {
  const file = () => path.join(folder, 'cloud.json');

  test('the next cloud goes on where this one stopped, image data and tokens included', async () => {
    await open({ state: file() });
    expect(door.restored).toBe(false);
    const caller = await Caller.login(door.url, 'demo');
    const id = await caller.createImage();
    await caller.upload(id, 'hello');
    await door.close();
    await open({ state: file(), cloud: 'empty' });
    expect(door.restored).toBe(true);
    caller.url = door.url;
    expect(await caller.image(id)).toMatchObject({ status: 'active', size: 5 });
    expect(await (await caller.fetch(`/image/v2/images/${id}/file`)).text()).toBe('hello');
    expect((await caller.findImage('cirros')).status).toBe('active');
  });

  test('changes are saved while it runs', async () => {
    await open({ state: file() });
    const caller = await Caller.login(door.url, 'demo');
    const id = await caller.createImage();
    await expect.poll(() => readFileSync(file(), 'utf8'), { timeout: 10_000 }).toContain(id);
  });

  test('the data of a deleted image go, and nothing else in that folder', async () => {
    await open({ state: file() });
    const caller = await Caller.login(door.url, 'demo');
    const id = await caller.createImage();
    await caller.upload(id, 'hello');
    await door.close();
    const data = `${file()}.data`;
    expect(readFileSync(path.join(data, id), 'utf8')).toBe('hello');
    writeFileSync(path.join(data, 'notes.txt'), 'mine');
    await open({ state: file() });
    caller.url = door.url;
    await caller.fetch(`/image/v2/images/${id}`, { method: 'DELETE' });
    await door.close();
    expect(readdirSync(data)).not.toContain(id);
    expect(readdirSync(data)).toContain('notes.txt');
    expect(readdirSync(data)).toHaveLength(2);
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['something else', () => '{"hello": "world"}'],
    ['of another version', (text: string) => text.replace('{"version":1', '{"version":2')],
    ['without its records', (text: string) => text.replace('"projects":', '"x":')],
    ['empty', () => ''],
  ])('one that is %s is refused and stays as it is', async (_name, damage) => {
    await open({ state: file() });
    await door.close();
    const damaged = damage(readFileSync(file(), 'utf8'));
    writeFileSync(file(), damaged);
    await expect(open({ state: file() })).rejects.toThrow(
      `${file()} is not a state of the embedded cloud, or it is damaged.`,
    );
    expect(readFileSync(file(), 'utf8')).toBe(damaged);
  });

  test('one whose image data are missing or cut off is refused', async () => {
    await open({ state: file() });
    await door.close();
    const [data = ''] = readdirSync(`${file()}.data`);
    const name = path.join(`${file()}.data`, data);
    writeFileSync(name, 'short');
    await expect(open({ state: file() })).rejects.toThrow(
      /^The data of image .* are damaged: .* has 5 bytes/,
    );
    rmSync(name);
    await expect(open({ state: file() })).rejects.toThrow(/^The data of image .* are missing: /);
  });

  test('one that cannot be written is said at once', async () => {
    const state = path.join(folder, 'nowhere', 'cloud.json');
    await open();
    const other = (at: string) => openDoor({ cloud: 'course', port: 0, state: at, onError: () => undefined });
    await expect(other(state)).rejects.toThrow(`There is no folder ${path.dirname(state)}.`);
    await expect(other(folder)).rejects.toThrow(`${folder} is a folder. --state needs a file.`);
  });

  test('one that another process has is refused, and free again when that one has ended, however it did', async () => {
    await open({ state: file() });
    await expect(
      openDoor({ cloud: 'course', port: 0, state: file(), onError: () => undefined }),
    ).rejects.toThrow(`${file()} is in use by process ${process.pid}.`);
    await door.close();
    writeFileSync(`${file()}.lock`, '999999999\n');
    await open({ state: file() });
    await door.close();
    expect(readdirSync(folder)).not.toContain('cloud.json.lock');
    await open({ state: file() });
  });
});
