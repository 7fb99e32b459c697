/**
 * Runs OpenStack's own test suite against the real cloud and against the embedded one, and compares test by test.
 * Writes tempest.json and the table in README.md.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { tinyQcow2 } from '../src/disk-image/samples';
import { cloudScript, root, runProgram, startInCloud, startProgram } from './place';
import { end } from './processes';
import { embeddedCloud, realCloud, type Target } from './targets';
import { reasonFor } from './tempest-reasons';
import { Terminal } from './terminal';
import { isOf, PACKAGES, SUITE_NAMES, SUITES, testsOf, type SuiteName } from './tempest-suites';

const here = import.meta.dirname;
const home = '/srv/tempest';

/** What a test came to; `absent` when its class could not even be set up. */
type Outcome = 'success' | 'fail' | 'skip' | 'absent';
type Run = Map<string, { status: Outcome; why: string }>;

interface Stored {
  /** When the real cloud ran them. */
  date: string;
  tests: Record<string, { real: Outcome; embedded: Outcome }>;
}

interface TempestCloud {
  name: 'real' | 'embedded';
  target: Target;
  /** Where this cloud finds an image to download. */
  imageUrl: string;
}

export interface TempestOptions {
  /** Leaves the real cloud alone, and compares with what it came to the last time. */
  embeddedOnly: boolean;
  /** What to run; of the rest stays what was found the last time. */
  suites: readonly SuiteName[];
}

/** @returns how many tests the real cloud passes and ours does not, for no reason given in tempest-reasons.ts. */
export async function tempest({ embeddedOnly, suites }: TempestOptions): Promise<number> {
  await cloudScript(['add', ...PACKAGES]);
  if (suites.includes('swift')) await cloudScript(['source', 'swift', `${home}/swift`, 'test']);
  mkdirSync(path.join(root, home, 'web'), { recursive: true });
  writeFileSync(path.join(root, home, 'web/tiny.qcow2'), tinyQcow2());
  copyFileSync(path.join(here, 'tempest-results.py'), path.join(root, home, 'results.py'));
  mkdirSync(path.join(root, home, 'python'), { recursive: true });
  copyFileSync(path.join(here, 'tempest-sitecustomize.py'), path.join(root, home, 'python/sitecustomize.py'));

  const runs = (id: string) => suites.some((name) => isOf(name, id));
  const real = embeddedOnly ? storedRun(readStored(), runs) : await onRealCloud(suites);
  const embedded = await onEmbeddedCloud(suites);
  const found = [...new Set([...real.keys(), ...embedded.keys()])].map((id) => {
    const outcome = {
      real: real.get(id)?.status ?? 'absent',
      embedded: embedded.get(id)?.status ?? 'absent',
    };
    return [id, outcome] as const;
  });
  // only now: other suites may have been written meanwhile
  const stored = readStored();
  const kept = Object.entries(stored.tests).filter(([id]) => !runs(id));
  const compared: Stored = {
    date: embeddedOnly ? stored.date : new Date().toISOString().slice(0, 10),
    tests: Object.fromEntries([...kept, ...found].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  writeFileSync(storedFile, `${JSON.stringify(compared, null, 2)}\n`);
  await writeTable(compared);
  return report(compared, embedded, runs);
}

async function onRealCloud(suites: readonly SuiteName[]): Promise<Run> {
  const web = startInCloud([
    'exec',
    'python3',
    '-m',
    'http.server',
    '9293',
    '--bind',
    '127.0.0.1',
    '-d',
    `${home}/web`,
  ]);
  try {
    const imageUrl = 'http://127.0.0.1:9293/tiny.qcow2';
    return await runTests({ name: 'real', target: realCloud(), imageUrl }, suites);
  } finally {
    await end(web);
  }
}

async function onEmbeddedCloud(suites: readonly SuiteName[]): Promise<Run> {
  const target = embeddedCloud();
  try {
    const imageUrl = 'http://images.example/tiny.qcow2';
    return await runTests({ name: 'embedded', target, imageUrl }, suites);
  } finally {
    await target.close();
  }
}

/** Swift's own tests know its paths, so that ours needs a port of its own, too. */
async function openObjectStore(authUrl: string): Promise<Terminal> {
  const port = new Terminal(startProgram('cloud', 'object-store-port.ts', '9912', authUrl));
  await port.ask({});
  return port;
}

async function runTests(
  { name, target, imageUrl }: TempestCloud,
  suites: readonly SuiteName[],
): Promise<Run> {
  await target.fresh('course');
  const folder = `${home}/${name}`;
  const inRoot = (file: string) => path.join(root, folder, file);
  mkdirSync(inRoot('lock'), { recursive: true });
  const authUrl = target.authUrl.replace(/\/identity$/, '/identity/v3');
  await runProgram('tempest-people.ts', authUrl);
  const own = name === 'embedded' && suites.includes('swift') ? await openObjectStore(authUrl) : undefined;
  for (const name of ['tempest.conf', 'swift-tests.conf']) {
    const conf = readFileSync(path.join(here, name), 'utf8')
      .replaceAll('@DIR@', folder)
      .replaceAll('@AUTH_URL@', authUrl)
      .replaceAll('@IMAGE_URL@', imageUrl);
    writeFileSync(inRoot(name), conf);
  }
  const python = '/usr/lib/python3/dist-packages';
  writeFileSync(
    inRoot('.stestr.conf'),
    `[DEFAULT]\ntest_path=${python}/tempest/test_discover\ntop_dir=${python}\n`,
  );
  const tests = testsOf(suites);
  const programs = [
    ...(tests === undefined
      ? []
      : [`tempest run --config-file tempest.conf --serial --subunit --regex '${tests}'`]),
    ...(suites.includes('swift') ? [swiftTests(folder)] : []),
  ];
  // they fail when a test does; what they write is read either way
  const run = programs.map((program) => `${program} >>tests.subunit 2>>tests.err`).join('; ');
  const started = performance.now();
  await cloudScript([
    'exec',
    'env',
    '-C',
    folder,
    `PYTHONPATH=${home}/python`,
    'sh',
    '-c',
    `rm -f tests.*; ${run}; python3 ${home}/results.py <tests.subunit >tests.jsonl`,
  ]);
  await own?.close();
  const lines = readFileSync(inRoot('tests.jsonl'), 'utf8').trim().split('\n').filter(Boolean);
  if (lines.length === 0) throw new Error(`Tempest ran no test; see ${inRoot('tests.err')}`);
  const outcomes = lines.map((line) => JSON.parse(line) as { id: string; status: Outcome; why: string }); // as results.py wrote it
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${name}: ${outcomes.length} tests in ${seconds} s`);
  return new Map(outcomes.map(({ id, status, why }) => [shortId(id), { status, why }]));
}

/** All but those of the S3 API, which this Swift has not. */
function swiftTests(folder: string): string {
  const s3 = `rm -rf ${home}/swift/test/functional/s3api`;
  const python = `env -C ${home}/swift SWIFT_TEST_CONFIG_FILE=${folder}/swift-tests.conf PYTHONPATH=. python3`;
  return `${s3}; ${python} -m subunit.run discover -t . -s test/functional`;
}

/** Without the tags, and without the prefix that says nothing. */
function shortId(id: string): string {
  return id.replace(/\[.*$/, '').replace(/^tempest\.api\./, '');
}

const storedFile = path.join(here, 'tempest.json');

function readStored(): Stored {
  return JSON.parse(readFileSync(storedFile, 'utf8')) as Stored; // written below
}

function storedRun({ tests }: Stored, runs: (id: string) => boolean): Run {
  const known = Object.entries(tests).filter(([id, { real }]) => real !== 'absent' && runs(id));
  return new Map(known.map(([id, { real }]) => [id, { status: real, why: '' }]));
}

const onlyReal = ({ tests }: Stored) =>
  Object.entries(tests).filter(([, { real, embedded }]) => real === 'success' && embedded !== 'success');

/** Of those that were run. */
function report(compared: Stored, embedded: Run, runs: (id: string) => boolean): number {
  const missing = onlyReal(compared).filter(([id]) => runs(id));
  for (const [id] of missing) {
    const why =
      embedded.get(id)?.why.split('\n').at(-1) ?? 'it was not run, or its class could not be set up';
    console.log(`passes on the real cloud only: ${id}\n    ${reasonFor(id) ?? `NO REASON GIVEN: ${why}`}`);
  }
  console.log(numbers(compared).join('\n'));
  return missing.filter(([id]) => reasonFor(id) === undefined).length;
}

/** Those that both clouds have run. */
function suitesOf({ tests }: Stored): SuiteName[] {
  const all = Object.entries(tests);
  return SUITE_NAMES.filter((name) =>
    (['real', 'embedded'] as const).every((cloud) =>
      all.some(([id, outcome]) => isOf(name, id) && outcome[cloud] !== 'absent'),
    ),
  );
}

function numbers(compared: Stored): string[] {
  const { tests } = compared;
  return suitesOf(compared).flatMap((name) =>
    (['real', 'embedded'] as const).map((cloud) => {
      const outcomes = Object.entries(tests)
        .filter(([id]) => isOf(name, id))
        .map(([, outcome]) => outcome[cloud]);
      const count = (status: Outcome) => outcomes.filter((outcome) => outcome === status).length;
      return `| ${SUITES[name].title} | ${cloud} | ${count('success')} | ${count('fail')} | ${count('skip')} |`;
    }),
  );
}

const TABLE = /(<!-- tempest -->\n)[^]*(<!-- \/tempest -->)/;

/** Between its marks in README.md. */
async function writeTable(compared: Stored): Promise<void> {
  const file = path.join(here, 'README.md');
  const reasons = new Map<string, string[]>();
  const shown = suitesOf(compared);
  for (const [id] of onlyReal(compared).filter(([each]) => shown.some((name) => isOf(name, each)))) {
    const why = reasonFor(id) ?? '';
    reasons.set(why, [...(reasons.get(why) ?? []), `\`${id}\``]);
  }
  const lines = [
    '',
    '| Tests | Cloud | Passed | Failed | Skipped |',
    '| --- | --- | --- | --- | --- |',
    ...numbers(compared),
    '',
    '| Passes on the real one only | Why |',
    '| --- | --- |',
    ...[...reasons].map(([why, tests]) => `| ${tests.join('<br />')} | ${why} |`),
    '',
  ];
  const text = readFileSync(file, 'utf8').replace(
    TABLE,
    (_, before: string, after: string) => `${before}${lines.join('\n')}\n${after}`,
  );
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
