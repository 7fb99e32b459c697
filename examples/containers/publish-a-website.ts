import { rm } from 'node:fs/promises';
import { containerAcl, type Connection } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';
import { makeSite, uploadFolder } from './upload-a-folder';

// #region publish
/** Makes a container a website that everybody can read. Returns its address. */
export async function publish(cloud: Connection, container: string): Promise<string> {
  const { staticweb } = await cloud.objectStore.info();
  if (staticweb === undefined) throw new Error('This cloud serves no websites: it has no staticweb.');
  await cloud.objectStore.updateContainer(container, {
    readAcl: containerAcl({ public: true, listings: true }), // without `listings` the address itself is refused
    metadata: { 'web-index': 'index.html', 'web-error': 'error.html' },
  });
  return `${await cloud.objectStore.getEndpoint()}/${encodeURIComponent(container)}/`;
}

/** Takes it back: the objects stay, and only the project's own people read them. */
export async function unpublish(cloud: Connection, container: string): Promise<void> {
  await cloud.objectStore.updateContainer(container, {
    readAcl: '',
    metadata: { 'web-index': null, 'web-error': null },
  });
}
// #endregion publish

/** `npm run example containers/publish-a-website` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const folder = await makeSite();
  const names = await uploadFolder(cloud, 'www', folder);
  try {
    const address = await publish(cloud, 'www');
    console.log('published at', new URL(address).pathname.replace(/AUTH_\w+/, 'AUTH_…'));
    for (const path of ['', 'css/style.css', 'nothing']) {
      // a visitor has no token
      const page = await cloud.session.request(`${address}${path}`, { authenticated: false, raise: false });
      console.log(`/${path}: ${page.status} ${(await page.text()).trim()}`);
    }
    await unpublish(cloud, 'www');
    const page = await cloud.session.request(address, { authenticated: false, raise: false });
    console.log('taken back:', page.status);
  } finally {
    await cloud.objectStore.bulkDelete(names.map((name) => ({ container: 'www', name })));
    await cloud.objectStore.deleteContainer('www');
    await rm(folder, { recursive: true });
  }
}

await runAsScript(import.meta, main);
