/** Runs an example by name: `npm run example images/create`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run, type ExampleMain } from './example';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The names of all examples, such as `images/create`. */
export function exampleNames(): string[] {
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((folder) =>
      readdirSync(join(here, folder.name))
        .filter((file) => /^[a-z-]+\.ts$/.test(file))
        .map((file) => `${folder.name}/${file.replace(/\.ts$/, '')}`),
    )
    .sort();
}

async function runByName([name = '', ...args]: readonly string[]): Promise<void> {
  const file = join(here, `${name}.ts`);
  if (!exampleNames().includes(name)) {
    console.error(
      `${name === '' ? 'Which example?' : `There is no example ${name}.`} There are:\n  ${exampleNames().join('\n  ')}`,
    );
    process.exitCode = 2;
    return;
  }
  const example = (await import(pathToFileURL(file).href)) as { main: ExampleMain }; // every file here exports one: run.test.ts
  await run(example.main, args);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runByName(process.argv.slice(2));
