import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConfigException } from '../src/client';
import { connectFromEnvironment, embeddedCloud } from './connection';
import { sampleBytes, type ExampleMain } from './example';
import { exampleNames } from './run';

const script = fileURLToPath(new URL('run.ts', import.meta.url));

/** As `npm run example …` starts it, with none of this machine's clouds. */
function runExample(...args: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OS_')));
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', script, ...args], { env }, (error, stdout, stderr) => {
      resolve({ stdout, stderr, code: typeof error?.code === 'number' ? error.code : 0 });
    });
  });
}

describe('npm run example', () => {
  afterEach(() => vi.restoreAllMocks());

  test.for(exampleNames())('%s runs to its end on the embedded cloud', async (name, { task }) => {
    task.meta.example = name; // counted at the end of the test run
    const print = vi.spyOn(console, 'log').mockReturnValue();
    vi.spyOn(console, 'error').mockReturnValue();
    const { main } = (await import(/* @vite-ignore */ new URL(`${name}.ts`, import.meta.url).href)) as {
      main: ExampleMain;
    }; // what this test is for
    const { connection, connectAs, connectWith } = await embeddedCloud();
    const folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
    await main({
      cloud: connection,
      connectAs,
      connectWith,
      args: [],
      sample: async (file) => {
        await writeFile(join(folder, file), await sampleBytes(file));
        return join(folder, file);
      },
    });
    await rm(folder, { recursive: true });
    expect(print).toHaveBeenCalled();
  });

  test('prints on stdout what the example prints, and says on stderr which cloud it is', async () => {
    const { stdout, stderr, code } = await runExample('images/list');
    expect(stdout).toMatch(/^\S{36} public qcow2 cirros\n$/);
    expect(stderr).toBe('Talking to the embedded cloud.\n');
    expect(code).toBe(0);
  });

  test('lists the names when there is no such example', async () => {
    const { stdout, stderr, code } = await runExample('images/../../run');
    expect(stdout).toBe('');
    for (const name of exampleNames()) expect(stderr).toContain(name);
    expect(code).toBe(2);
  });
});

describe('connectFromEnvironment', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function cloudsYaml(text: string): Promise<string> {
    await writeFile(join(folder, 'clouds.yaml'), text);
    return join(folder, 'clouds.yaml');
  }

  test('takes the embedded cloud when the environment names none', async () => {
    expect((await connectFromEnvironment({})).description).toBe('the embedded cloud');
  });

  test('sends to OS_AUTH_URL what the OS_ variables say', async () => {
    const body = await firstBody((auth_url) =>
      connectFromEnvironment({
        OS_AUTH_URL: auth_url,
        OS_USERNAME: 'eve',
        OS_PASSWORD: 'pw',
        OS_PROJECT_NAME: 'p',
        OS_USER_DOMAIN_NAME: 'D',
      }),
    );
    expect(body).toEqual({
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: 'eve', domain: { name: 'D' }, password: 'pw' } },
        },
        scope: { project: { name: 'p', domain: { id: 'default' } } },
      },
    });
  });

  test('takes the entry of clouds.yaml that OS_CLOUD names, numbers as passwords included', async () => {
    const body = await firstBody(async (auth_url) => {
      const file = await cloudsYaml(
        `clouds: {lab: {auth: {auth_url: '${auth_url}', username: eve, password: 1234, project_id: p1, user_domain_id: d}}}`,
      );
      return connectFromEnvironment({
        OS_CLOUD: 'lab',
        OS_CLIENT_CONFIG_FILE: file,
        OS_AUTH_URL: 'http://127.0.0.1:1',
      });
    });
    expect(body).toMatchObject({
      auth: {
        identity: { password: { user: { password: '1234', domain: { id: 'd' } } } },
        scope: { project: { id: 'p1' } },
      },
    });
  });

  test('says what is missing', async () => {
    const file = await cloudsYaml('clouds: {lab: {auth: {auth_url: x, username: eve}}}');
    await expect(connectFromEnvironment({ OS_CLOUD: 'lab', OS_CLIENT_CONFIG_FILE: file })).rejects.toThrow(
      /auth\.password/,
    );
    await expect(connectFromEnvironment({ OS_CLOUD: 'lob', OS_CLIENT_CONFIG_FILE: file })).rejects.toThrow(
      new ConfigException(`Cloud lob was not found in ${file}.`),
    );
  });
});

/** What a real HTTP server is first sent when the connection logs in. */
async function firstBody(
  connect: (authUrl: string) => ReturnType<typeof connectFromEnvironment>,
): Promise<unknown> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: string[] = [];
    for await (const chunk of request) chunks.push(String(chunk));
    if (request.method === 'POST') bodies.push(chunks.join(''));
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { connection } = await connect(`http://127.0.0.1:${port}/v3`);
  await connection.session.getAccess().catch(() => undefined);
  await new Promise((resolve) => server.close(resolve));
  return JSON.parse(bodies[0] ?? 'null');
}
