import { beforeEach, describe, expect, test } from 'vitest';
import { asCurl } from './as-curl';
import type { Exchange } from './exchange';
import { createSandbox } from './sandbox';
import type { Sandbox } from './sandbox';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});

async function exchangesOf(line: string): Promise<readonly Exchange[]> {
  const { exchanges = [] } = await sandbox.run(line, { exchanges: true });
  return exchanges;
}

const asLines = (exchanges: readonly Exchange[]) =>
  exchanges.map(({ method, url, status }) => `${method} ${new URL(url).pathname} ${status}`);

describe('the requests behind a line', () => {
  test.each(['image show cirros', 'image create --disk-format raw --file tiny.raw x'])(
    'stand in the order in which --debug has them: %s',
    async (command) => {
      const { exchanges = [], stderr } = await sandbox.run(`openstack --debug ${command}`, {
        exchanges: true,
      });
      const logged = [
        ...stderr.matchAll(/^REQ: curl -g -i -X (\S+) "?([^\s"]+)|authentication request to (\S+)/gm),
      ].map(([, method, url, login]) => (login ? `POST ${login}` : `${method} ${url}`));
      expect(logged.length).toBeGreaterThan(3);
      expect(exchanges.map(({ method, url }) => `${method} ${url}`)).toEqual(logged);
    },
  );

  test('are those of the whole line: pipes, $(…), and every program', async () => {
    const exchanges = await exchangesOf(
      'curl -s https://openstack.example/image | cat; TOKEN=$(openstack token issue -f value -c id)',
    );
    expect(asLines(exchanges)).toEqual([
      'GET /image 300',
      'GET /identity 300',
      'POST /identity/v3/auth/tokens 201',
    ]);
  });

  test('are noted only when asked for', async () => {
    expect(await sandbox.run('openstack image list')).not.toHaveProperty('exchanges');
    expect(await exchangesOf('echo')).toEqual([]);
  });

  test('carry text as text, and image data as a size', async () => {
    const [put] = (await exchangesOf('openstack image create --disk-format raw --file tiny.raw x')).filter(
      ({ method }) => method === 'PUT',
    );
    expect(put?.requestBody).toEqual({ bytes: 1048576, type: 'application/octet-stream' });
    const get = (await exchangesOf('openstack image save --file copy.raw x')).at(-1);
    expect(get?.responseBody).toEqual({ bytes: 1048576, type: 'application/octet-stream' });
    expect((await exchangesOf('openstack image show nosuch')).at(-1)?.responseBody).toHaveProperty('text');
  });

  test('that nobody answered say why', async () => {
    const [exchange] = await exchangesOf('curl -s http://nosuch.example/');
    expect(exchange).toMatchObject({ method: 'GET', error: 'getaddrinfo ENOTFOUND nosuch.example' });
    expect(exchange).not.toHaveProperty('status');
  });

  test('hold no token and no password, wherever those stand', async () => {
    await sandbox.run('TOKEN=$(openstack token issue -f value -c id)');
    const { stdout: token } = await sandbox.run('echo $TOKEN');
    const lines = [
      'openstack image list',
      'curl -s -H "X-Auth-Token: $TOKEN" -H "X-Subject-Token: $TOKEN" https://openstack.example/identity/v3/auth/tokens',
      'curl -s "https://openstack.example/image/v2/images?token=$TOKEN"',
      `curl -s --json '{"auth":{"identity":{"methods":["token"],"token":{"id":"'$TOKEN'"}}}}' https://openstack.example/identity/v3/auth/tokens`,
      'curl -si -u demo:secret https://openstack.example/image/v2/images',
      'openstack application credential create --secret verysecret mine',
    ];
    for (const line of lines) {
      const text = JSON.stringify(await exchangesOf(line));
      expect(text).not.toContain(token.trim());
      expect(text).not.toContain('verysecret');
      expect(text).not.toMatch(/gAAAA|"secret"[^,}]*"(very)?secret"|: ?\\"secret\\"|ZGVtbzpzZWNyZXQ/);
    }
    const login = (await exchangesOf(lines[0] ?? '')).find(({ method }) => method === 'POST');
    expect(login?.requestBody).toHaveProperty('text', expect.stringContaining('"password":"$OS_PASSWORD"'));
    expect(login?.responseHeaders).toContainEqual(['x-subject-token', '$TOKEN']);
  });
});

describe('as curl', () => {
  test('every request of a command can be sent again in the sandbox, with the same answer', async () => {
    await sandbox.run('source demo-openrc; TOKEN=$(openstack token issue -f value -c id)');
    const exchanges = await exchangesOf(`openstack image list --name "it's \\$5" --property a=b`);
    expect(exchanges.length).toBeGreaterThan(3);
    for (const exchange of exchanges) {
      const { stdout } = await sandbox.run(`${asCurl(exchange)} -w '%{http_code}' -o answer`);
      expect(stdout).toBe(String(exchange.status));
    }
  });

  test('sends the body that was sent', async () => {
    await sandbox.run('TOKEN=$(openstack token issue -f value -c id)');
    const name = `"it's" $HOME \\ \`x\``;
    await sandbox.run(`NAME='${name.replaceAll("'", `'\\''`)}'`);
    const made = (await exchangesOf('openstack image create --disk-format raw "$NAME" < /dev/null')).find(
      ({ method, url }) => method === 'POST' && url.endsWith('/images'),
    );
    expect(made).toBeDefined();
    const { stdout } = await sandbox.run(`${made && asCurl(made)} | jq -r .name`);
    expect(stdout).toBe(`${name}\n`);
  });

  test('is as short as it can be', () => {
    const exchange: Exchange = {
      method: 'PUT',
      url: 'https://openstack.example/image/v2/images/1/file',
      requestHeaders: [
        ['user-agent', 'x'],
        ['accept', '*/*'],
        ['content-type', 'application/octet-stream'],
        ['x-auth-token', '$TOKEN'],
      ],
      requestBody: { bytes: 5, type: 'application/octet-stream' },
      responseHeaders: [],
    };
    expect(asCurl(exchange)).toBe(
      `curl -sS -X PUT -H 'Content-Type: application/octet-stream' -H "X-Auth-Token: $TOKEN" --data-binary @FILE https://openstack.example/image/v2/images/1/file`,
    );
  });
});
