/**
 * Decides random cases twice, by the embedded scheduler and by nova's own classes, and says where they differ:
 *
 *     npm run real-cloud -- schedule                  # 20,000, of a seed of this moment
 *     npm run real-cloud -- schedule 20000 seed       # these cases again
 *     npm run real-cloud -- schedule cases.jsonl      # cases of your own, one a line
 *
 * NOVA_ROOT names a root with python3-nova in it (default: that of `npm run real-cloud -- up`); with `NOVA_ROOT=/` it
 * is this machine's. With `--record=FILE` and `--record-weighing=FILE` cases and nova's answers are written there, for
 * `npm test`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loads } from '../src/cloud/compute/python/json';
import { isDict } from '../src/cloud/compute/python/values';
import { scheduleCase, weighCase } from '../src/cloud/compute/scheduler/case';
import { randomCase } from '../src/cloud/compute/scheduler/testing/random-cases';
import { randomWeighing } from '../src/cloud/compute/scheduler/testing/random-weighing';
import { sameAnswer, sameWeights, type Answer } from '../src/cloud/compute/scheduler/testing/same-answer';
import { runInNova } from './nova-root';

const [count = '20000', seed = new Date().toISOString()] = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'));

const cases = count.endsWith('.jsonl')
  ? readFileSync(count, 'utf8').trim().split('\n')
  : Array.from({ length: Number(count) }, (_, i) => randomCase(i, seed));
const answers = await askNova<Answer>(cases);
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

const weighings = Array.from({ length: Math.min(cases.length, 2000) }, (_, i) => randomWeighing(i, seed));
const weighed = await askNova<{ hosts: [string, number][] }>(weighings, '--weigh');
const wrong = weighings.filter((line, i) => {
  const given = loads(line);
  return !sameWeights(isDict(given) ? weighCase(given) : [], weighed[i]?.hosts ?? []);
});
for (const line of wrong.slice(0, 5)) console.log(line);
console.log(`${weighings.length} times hosts weighed: ${wrong.length} differences`);
process.exitCode = differences + wrong.length === 0 ? 0 : 1;

record('--record=', cases, answers);
record('--record-weighing=', weighings, weighed);

function record(option: string, lines: string[], replies: unknown[]): void {
  const file = process.argv.find((word) => word.startsWith(option))?.slice(option.length);
  if (file === undefined) return;
  writeFileSync(
    file,
    lines.map((line, i) => `{"case":${line},"nova":${JSON.stringify(replies[i])}}\n`).join(''),
  );
}

/** In as many processes as there are usually cores. */
async function askNova<Reply>(lines: string[], ...options: string[]): Promise<Reply[]> {
  const half = Math.ceil(lines.length / 2);
  const outputs = await Promise.all(
    [lines.slice(0, half), lines.slice(half)]
      .filter((part) => part.length > 0)
      .map((part) => runInNova('nova-oracle.py', options, `${part.join('\n')}\n`)),
  );
  return outputs.flatMap(
    (output) =>
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Reply), // our own script wrote them
  );
}
