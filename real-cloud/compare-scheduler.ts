/**
 * Decides random cases twice, by the embedded scheduler and by nova's own classes, and says where they differ:
 *
 *     npx tsx real-cloud/compare-scheduler.ts 20000          # a seed of today's
 *     npx tsx real-cloud/compare-scheduler.ts 20000 seed     # these cases again
 *     npx tsx real-cloud/compare-scheduler.ts cases.jsonl    # cases of your own, one a line
 *
 * NOVA_ROOT names a root with python3-nova in it (default: that of `npm run real-cloud -- up`); with `NOVA_ROOT=/` it
 * is this machine's. With `--record=FILE` cases and nova's answers are written there, for `npm test`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loads } from '../src/cloud/compute/python/json';
import { scheduleCase } from '../src/cloud/compute/scheduler/case';
import { randomCase } from '../src/cloud/compute/scheduler/testing/random-cases';
import { sameAnswer, type Answer } from '../src/cloud/compute/scheduler/testing/same-answer';

const root =
  process.env['NOVA_ROOT'] ??
  join(process.env['REAL_CLOUD_DIR'] ?? '/var/tmp/learn-openstack-real-cloud', 'root');
const [count = '20000', seed = new Date().toISOString()] = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'));

const cases = count.endsWith('.jsonl')
  ? readFileSync(count, 'utf8').trim().split('\n')
  : Array.from({ length: Number(count) }, (_, i) => randomCase(i, seed));
const answers = askNova(cases);
const verdicts = new Map<string, number>();
let differences = 0;
cases.forEach((line, i) => {
  const theirs = answers[i];
  const ours = scheduleCase(loads(line));
  const key = theirs ? `${theirs.verdict} ${theirs.reason.split(':')[0]}` : 'no answer';
  verdicts.set(key, (verdicts.get(key) ?? 0) + 1);
  if (theirs && sameAnswer(ours, theirs)) return;
  if (differences++ < 20)
    console.log(
      `${line}\n  ours: ${ours.verdict} ${ours.reason}\n  nova: ${theirs?.verdict} ${theirs?.reason}`,
    );
});

if (process.argv.includes('--verdicts'))
  for (const [key, times] of [...verdicts].sort((a, b) => b[1] - a[1])) console.log(`${times}\t${key}`);
console.log(
  `${cases.length} cases of ${count.endsWith('.jsonl') ? count : `seed ${seed}`}: ${differences} differences`,
);
process.exitCode = differences === 0 ? 0 : 1;

const record = process.argv.find((word) => word.startsWith('--record='))?.slice('--record='.length);
if (record !== undefined)
  writeFileSync(
    record,
    cases.map((line, i) => `{"case":${line},"nova":${JSON.stringify(answers[i])}}\n`).join(''),
  );

function askNova(lines: string[]): Answer[] {
  const script = readFileSync(new URL('nova-oracle.py', import.meta.url), 'utf8');
  const directory = mkdtempSync(join(root, 'tmp/compare-'));
  try {
    writeFileSync(join(directory, 'nova-oracle.py'), script);
    const inside = root === '/' ? directory : directory.slice(root.length);
    const command = ['python3', join(inside, 'nova-oracle.py')];
    const output = execFileSync(
      root === '/' ? 'env' : 'chroot',
      root === '/' ? command : [root, ...command],
      {
        input: `${lines.join('\n')}\n`,
        encoding: 'utf8',
        maxBuffer: 1 << 30,
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer); // our own script wrote them
  } finally {
    rmSync(directory, { recursive: true });
  }
}
