import { existsSync, readFileSync, readdirSync } from 'node:fs';
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

/** Whether a page has tabs, so that a reader's client makes a difference on it. */
export function hasTabs(page: string): boolean {
  return /data-block="?glance/.test(readFileSync(path.join(buildFolder, page, 'index.html'), 'utf8'));
}

/** Lessons that stand for all where something depends on the terminal and not on the page: one of each chapter. */
export const SOME_LESSONS: readonly string[] = [
  '/day-3/upload-an-image/',
  '/day-3/metadata-and-scheduler/',
  '/day-3/share-access/',
  '/day-3/security-groups/',
  '/day-3/share-objects/',
];
