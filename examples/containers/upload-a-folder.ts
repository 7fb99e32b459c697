import { openAsBlob } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, posix, relative, sep } from 'node:path';
import type { Connection } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region types
/** What browsers need to know of a file. The cloud guesses by itself, but not everything, and not the character set. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export function contentTypeOf(file: string): string {
  return contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream';
}
// #endregion types

// #region upload
/** Uploads every file below a folder. The objects are named by their way from there: there are no folders in a container. */
export async function uploadFolder(cloud: Connection, container: string, folder: string): Promise<string[]> {
  await cloud.objectStore.createContainer(container); // one that is there already stays as it is
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const names: string[] = [];
  for (const file of files.sort()) {
    const name = relative(folder, file).split(sep).join(posix.sep);
    const data = await openAsBlob(file); // read while it is sent
    await cloud.objectStore.uploadObject(container, name, data, { contentType: contentTypeOf(file) });
    names.push(name);
  }
  return names;
}
// #endregion upload

/** A small website in a temporary folder. */
export async function makeSite(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'learn-openstack-'));
  await mkdir(join(folder, 'css'));
  await writeFile(join(folder, 'index.html'), '<link rel="stylesheet" href="css/style.css"><h1>Hello</h1>\n');
  await writeFile(join(folder, '404error.html'), '<h1>There is no such page</h1>\n');
  await writeFile(join(folder, 'css', 'style.css'), 'h1 { color: darkred }\n');
  return folder;
}

/** `npm run example containers/upload-a-folder -- photos`; without a folder, a small website is made. */
export async function main({ cloud, args: [given] }: ExampleContext): Promise<void> {
  const folder = given ?? (await makeSite());
  try {
    await uploadFolder(cloud, 'folder', folder);
    for await (const { name, bytes, content_type } of cloud.objectStore.objects('folder')) {
      console.log(`${name}: ${bytes} bytes of ${content_type}`);
      await cloud.objectStore.deleteObject('folder', name);
    }
    await cloud.objectStore.deleteContainer('folder');
  } finally {
    if (given === undefined) await rm(folder, { recursive: true });
  }
}

await runAsScript(import.meta, main);
