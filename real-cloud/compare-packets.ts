/**
 * Decides about random packets twice, by the embedded firewall and by the rules that neutron's own driver writes for the
 * same ports and groups, and says where they differ:
 *
 *     npm run real-cloud -- packets                  # 10,000, of a seed of this moment; 200 of them as real packets
 *     npm run real-cloud -- packets 10000 seed       # these cases again
 *     npm run real-cloud -- packets 1000 seed 20     # and 20 of them as real packets
 *     npm run real-cloud -- packets cases.jsonl      # cases of your own, one a line
 *
 * With `--record=FILE` neutron's answers are written there, for `npm test`.
 * NOVA_ROOT names a root with neutron-common, iptables and ipset in it (default: that of `npm run real-cloud -- up`).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { decideCase, type FirewallCase, type Step } from '../src/cloud/network/firewall/case';
import { randomCase } from '../src/cloud/network/firewall/testing/random-cases';
import { runInNova } from './nova-root';

/** What the oracle says of a packet at a port; the rules that come to the same line of iptables are all named. */
interface TheirStep {
  at: string;
  accepted: boolean;
  by?: string;
  rules?: string[];
}

type Answer = { steps: TheirStep[]; real?: TheirStep[] } | { error: string };

const MODULES = ['iptables_rules.py', 'real_packets.py', 'frames.py'];
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [count = '10000', seed = new Date().toISOString(), real = '200'] = words;
const record = process.argv.find((word) => word.startsWith('--record='))?.slice('--record='.length);
const cases = count.endsWith('.jsonl')
  ? readFileSync(count, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as FirewallCase) // ours, written by hand or by a run before
  : Array.from({ length: Number(count) }, (_, i) => randomCase(i, seed));
const name = count.endsWith('.jsonl') ? count : `seed ${seed}`;

let differences = 0;
await compareAll(cases);
await compareReal(cases.slice(0, Number(real)));
process.exitCode = differences === 0 ? 0 : 1;

async function compareAll(all: readonly FirewallCase[]): Promise<void> {
  const answers = await ask(all);
  if (record !== undefined)
    writeFileSync(record, answers.map((each) => `${JSON.stringify(each)}\n`).join(''));
  let steps = 0;
  all.forEach((given, i) => {
    const ours = decideCase(given);
    steps += ours.length;
    const answer = answers[i] ?? { error: 'no answer' };
    if ('error' in answer || !sameSteps(ours, answer.steps)) tell(given, ours, answer);
  });
  console.log(`${all.length} packets of ${name}, ${steps} times at a port: ${differences} differences`);
}

async function compareReal(some: readonly FirewallCase[]): Promise<void> {
  if (some.length === 0) return;
  const reason = await runInNova('packet-oracle.py', ['--probe'], '', MODULES);
  if (reason !== '') {
    console.log(`!!! SKIPPED: real packets. ${reason}`);
    return;
  }
  const before = differences;
  const answers = await ask(some, '--real');
  let steps = 0;
  some.forEach((given, i) => {
    const ours = decideCase(given);
    steps += ours.length;
    const answer = answers[i] ?? { error: 'no answer' };
    if ('error' in answer || !answer.real || !sameFates(ours, answer.real)) tell(given, ours, answer);
  });
  console.log(
    `${some.length} of them with real packets, ${steps} times at a port: ${differences - before} differences`,
  );
}

function tell(given: FirewallCase, ours: readonly Step[], theirs: Answer): void {
  if (differences++ >= 20) return;
  console.log(JSON.stringify(given));
  console.log(`  ours:    ${JSON.stringify(ours)}\n  neutron: ${JSON.stringify(theirs)}`);
}

/** The same fate at the same ports, and the same rule decides. */
function sameSteps(ours: readonly Step[], theirs: readonly TheirStep[]): boolean {
  return (
    sameFates(ours, theirs) &&
    ours.every(({ by, rule }, i) => {
      const their = theirs[i];
      return by === their?.by && (rule === undefined || their.rules?.includes(rule) === true);
    })
  );
}

function sameFates(ours: readonly Step[], theirs: readonly TheirStep[]): boolean {
  return (
    ours.length === theirs.length &&
    ours.every(({ at, accepted }, i) => at === theirs[i]?.at && accepted === theirs[i].accepted)
  );
}

/** In as many processes as there are usually cores. */
async function ask(all: readonly FirewallCase[], ...options: string[]): Promise<Answer[]> {
  const half = Math.ceil(all.length / 2);
  const outputs = await Promise.all(
    [all.slice(0, half), all.slice(half)]
      .filter((part) => part.length > 0)
      .map((part) =>
        runInNova(
          'packet-oracle.py',
          options,
          part.map((each) => `${JSON.stringify(each)}\n`).join(''),
          MODULES,
        ),
      ),
  );
  return outputs.flatMap(
    (output) =>
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Answer), // our own script wrote them
  );
}
