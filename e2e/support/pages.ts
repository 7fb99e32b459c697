import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const buildFolder = path.resolve(import.meta.dirname, '../../build');

/** The paths of all pages of the built site under `folder`, such as `/day-3/upload-an-image/`. */
function pathsUnder(folder: string): string[] {
  const top = path.join(buildFolder, folder);
  if (!existsSync(top)) throw new Error('There is no built site. Build it first: npm run build');
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'index.html')
    .map((file) =>
      `/${path.posix.join(folder, ...path.dirname(file).split(path.sep))}/`.replace(/\/{2,}|\/\.\//g, '/'),
    )
    .sort();
}

/** The lessons. */
export function lessonPaths(): string[] {
  return pathsUnder('day-3');
}

/** Every page. */
export function allPaths(): string[] {
  return pathsUnder('');
}
