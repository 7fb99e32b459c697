/**
 * Requests per second of an Image API, as JSON: `load.ts AUTH_URL IMAGES SECONDS CONNECTIONS`. Makes as many images as
 * are missing, and leaves them there. Runs beside the bench, so that it can run in the real cloud's network.
 */
import { Agent, request } from 'node:http';

const [authUrl = '', ...numbers] = process.argv.slice(2);
const [wanted = 0, seconds = 0, connections = 0] = numbers.map(Number);
const agent = new Agent({ keepAlive: true, maxSockets: connections });

interface Answer {
  status: number;
  body: string;
  token: string;
}

function send(method: string, url: string, token?: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...(token === undefined ? {} : { 'X-Auth-Token': token }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    const sent = request(url, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          token: String(response.headers['x-subject-token']),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** What `connections` clients get answered in this time, one request after the other. */
async function perSecond(url: string, token: string): Promise<number> {
  const rate = async (length: number) => {
    const start = performance.now();
    let answered = 0;
    const client = async () => {
      do {
        const { status } = await send('GET', url, token);
        if (status !== 200) throw new Error(`${url}: ${status}`);
        answered++;
      } while (performance.now() - start < length * 1000);
    };
    await Promise.all(Array.from({ length: connections }, client));
    return (answered * 1000) / (performance.now() - start);
  };
  await rate(seconds / 4);
  return rate(seconds);
}

interface Login {
  token: { catalog: { type: string; endpoints: { url: string }[] }[] };
}

const domain = { id: 'default' };
const login = await send('POST', `${authUrl}/v3/auth/tokens`, undefined, {
  auth: {
    identity: { methods: ['password'], password: { user: { name: 'admin', domain, password: 'secret' } } },
    scope: { project: { name: 'admin', domain } },
  },
});
// what Keystone, and ours, answers
const { catalog } = (JSON.parse(login.body) as Login).token;
const image = catalog.find(({ type }) => type === 'image')?.endpoints[0]?.url.replace(/\/$/, '') ?? '';
const list = `${image}/v2/images?limit=1000`;
const images = async () =>
  (JSON.parse((await send('GET', list, login.token)).body) as { images: { id: string }[] }).images; // as above

const missing = Math.max(0, wanted - (await images()).length);
for (let at = 0; at < missing; at += connections) {
  const batch = Array.from({ length: Math.min(connections, missing - at) }, (_, i) =>
    send('POST', `${image}/v2/images`, login.token, {
      name: `bench-${at + i}`,
      disk_format: 'qcow2',
      container_format: 'bare',
      os_distro: 'bench',
      tags: ['bench'],
    }),
  );
  for (const { status } of await Promise.all(batch)) if (status !== 201) throw new Error(`create: ${status}`);
}
const [first] = await images();
const show = `${image}/v2/images/${first?.id ?? ''}`;
process.stdout.write(
  JSON.stringify({ list: await perSecond(list, login.token), show: await perSecond(show, login.token) }),
);
agent.destroy();
