/** Whether what the repository keeps of nova's own data is what nova says now: `export-nova.py` writes both. */
import { isDeepStrictEqual } from 'node:util';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNova } from './nova-root';

const EXPORTS = {
  'image-meta-props': 'src/cloud/compute/objects/image-meta-props.json',
  'scheduler-options': 'src/cloud/compute/scheduler/options.json',
  traits: 'src/cloud/compute/scheduler/traits.json',
};
const top = path.dirname(import.meta.dirname);

let stale = 0;
await Promise.all(
  Object.entries(EXPORTS).map(async ([name, file]) => {
    const now: unknown = JSON.parse(await runInNova('export-nova.py', [name]));
    const kept: unknown = JSON.parse(readFileSync(path.join(top, file), 'utf8'));
    const same = isDeepStrictEqual(now, kept);
    if (!same) stale++;
    console.log(`${file}: ${same ? 'as nova says' : `STALE: export-nova.py ${name} writes something else`}`);
  }),
);
process.exitCode = stale === 0 ? 0 : 1;
