import type { Connection } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region copy
/** Copies what begins with a prefix to another container. The data do not leave the cloud; metadata come along. */
export async function copyAll(
  cloud: Connection,
  from: { container: string; prefix?: string },
  to: string,
): Promise<string[]> {
  await cloud.objectStore.createContainer(to);
  const copied: string[] = [];
  for await (const { name } of cloud.objectStore.objects(from.container, { prefix: from.prefix ?? '' })) {
    await cloud.objectStore.copyObject({ container: from.container, name }, { container: to });
    copied.push(name);
  }
  return copied;
}
// #endregion copy

/** `npm run example containers/copy-between-containers` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const store = cloud.objectStore;
  await store.createContainer('drafts');
  const metadata = { author: 'demo' };
  for (const name of ['2026/january.txt', '2026/february.txt', 'notes.txt'])
    await store.uploadObject('drafts', name, `${name}\n`, { metadata });
  try {
    console.log(
      'copied:',
      (await copyAll(cloud, { container: 'drafts', prefix: '2026/' }, 'archive')).join(', '),
    );
    const copy = await store.getObject('archive', '2026/january.txt');
    console.log('by:', copy.metadata.author);
  } finally {
    for (const container of ['drafts', 'archive']) {
      for await (const { name } of store.objects(container)) await store.deleteObject(container, name);
      await store.deleteContainer(container);
    }
  }
}

await runAsScript(import.meta, main);
