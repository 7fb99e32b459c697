import { signTempUrl, type Connection } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region sign
/** An address under which everybody who has it can fetch one object, until it ends. Nothing is asked of the cloud for it. */
export async function signLink(
  cloud: Connection,
  link: { container: string; name: string; key: string; expires: Date; method?: 'GET' | 'PUT' },
): Promise<string> {
  // what is signed begins with the version: some clouds have more in front of it, which Swift does not see
  const [, cloudUrl = '', account = ''] =
    /^(.*?)(\/v1\/.*)$/.exec(await cloud.objectStore.getEndpoint()) ?? [];
  const path = signTempUrl({
    method: link.method ?? 'GET',
    path: `${account}/${link.container}/${link.name}`,
    key: link.key,
    expires: Math.floor(link.expires.getTime() / 1000),
  });
  return `${cloudUrl}${path}`;
}

/** The secret behind all links of a container. A new one ends all of them. */
export async function setKey(cloud: Connection, container: string, key: string): Promise<void> {
  await cloud.objectStore.updateContainer(container, { metadata: { 'Temp-URL-Key': key } });
}
// #endregion sign

const HOUR = 3_600_000;

/** `npm run example containers/sign-a-link` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const store = cloud.objectStore;
  await store.createContainer('private');
  try {
    await store.uploadObject('private', 'report.txt', 'for your eyes only\n');
    const key = crypto.randomUUID();
    await setKey(cloud, 'private', key);
    // the cloud's time, which need not be this machine's
    const now = new Date((await store.request('', { method: 'HEAD' })).headers.get('date') ?? Date.now());
    const report = { container: 'private', name: 'report.txt', key };
    const link = await signLink(cloud, { ...report, expires: new Date(now.getTime() + HOUR) });
    const outdated = await signLink(cloud, { ...report, expires: new Date(now.getTime() - HOUR) });
    for (const [what, url] of Object.entries({
      'for an hour': link,
      'an hour ago': outdated,
      'for something else': link.replace('report', 'salary'),
    })) {
      const answer = await cloud.session.request(url, { authenticated: false, raise: false });
      console.log(`${what}: ${answer.status}`);
    }
  } finally {
    for await (const { name } of store.objects('private')) await store.deleteObject('private', name);
    await store.deleteContainer('private');
  }
}

await runAsScript(import.meta, main);
