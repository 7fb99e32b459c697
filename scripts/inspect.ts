/**
 * What is this file, and how does it become an image? Prints one JSON line a file:
 *
 *     npm run --silent inspect -- disk.vmdk appliance.ova
 */
import { inspectImage } from '../src/disk-image/inspect';
import { openImageFile } from '../src/disk-image/node-file';

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write('Usage: npm run --silent inspect -- FILE…\n');
  process.exitCode = 2;
}
for (const file of files) {
  try {
    process.stdout.write(`${await line(file)}\n`);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? explain(error.code) : undefined;
    process.stderr.write(
      `inspect: ${file}: ${reason ?? (error instanceof Error ? error.message : 'unreadable')}\n`,
    );
    process.exitCode = 1;
  }
}

async function line(path: string): Promise<string> {
  const source = await openImageFile(path);
  try {
    const { layout: _layout, ...inspection } = await inspectImage(source, path);
    return JSON.stringify(inspection);
  } finally {
    await source.close();
  }
}

function explain(code: unknown): string | undefined {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  return code === 'EACCES' || code === 'EPERM' ? 'permission denied' : undefined;
}
