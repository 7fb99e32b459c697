/**
 * Brings the dashboard up beside the real cloud, clicks through the walk-throughs of `src/walk-throughs`, and writes their
 * pictures. A walk-through starts where the page is when it comes to the block whose tab it is, and has to end where the
 * block's commands end: both are asked of the real services.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { blocksOn, runBlock, type Block, type Page } from '../src/transcript';
import { WALK_THROUGHS } from '../src/walk-throughs';
import type { WalkThrough } from '../src/walk-throughs/walk-through';
import type { OpenShell } from './clients';
import { DASHBOARD, type Shot, type Stuck } from './dashboard/drive';
import { keep, writeMeasures } from './dashboard/pictures';
import { cloudScript, root, startInCloud, startProgram } from './place';
import { end } from './processes';
import { findPages } from './replay';
import { Terminal } from './terminal';
import { openWay, type Way } from './ways';

/** The dashboard, and what shows shares in it. */
const PACKAGES = ['openstack-dashboard', 'python3-manila-ui'];
const HOME = '/srv/horizon';

/** @returns how many walk-throughs failed. */
export async function photograph(only: readonly string[]): Promise<number> {
  const chosen = WALK_THROUGHS.filter(({ name }) => only.length === 0 || only.includes(name));
  const places = chosen.map((walkThrough) => ({ walkThrough, ...findPlace(walkThrough) }));
  await cloudScript(['add', ...PACKAGES]);
  const dashboard = await openDashboard();
  const driver = new Terminal(startProgram('cloud', 'dashboard/driver.ts'));
  const way = await openWay('ours-real');
  let failed = 0;
  try {
    const horizon = await version();
    for (const { walkThrough, page, group } of places)
      if (!(await take({ walkThrough, page, group, way, driver, horizon }).catch(said))) failed++;
  } finally {
    await Promise.all([way.close(), driver.close(), end(dashboard)]);
  }
  console.log(`${chosen.length} walk-throughs, ${failed} failed`);
  return failed;
}

async function openDashboard() {
  const settings = path.join(root, 'etc/openstack-dashboard/local_settings.d/_100_learn_openstack.py');
  copyFileSync(path.join(import.meta.dirname, 'dashboard/settings.py'), settings);
  mkdirSync(path.join(root, HOME), { recursive: true });
  const { port } = new URL(DASHBOARD);
  const server = `exec uwsgi --plugin python3 --http-socket 127.0.0.1:${port} --master --processes 1 --threads 8 --enable-threads \
    --need-app --die-on-term --buffer-size 65535 --wsgi-file /usr/share/openstack-dashboard/wsgi.py \
    --static-map /static=/var/lib/openstack-dashboard/static >${HOME}/log 2>&1`;
  const dashboard = startInCloud(['exec', 'sh', '-c', server]);
  await cloudScript([
    'net',
    'curl',
    '-s',
    '-o',
    '/dev/null',
    '--retry',
    '60',
    '--retry-delay',
    '1',
    '--retry-connrefused',
    `${DASHBOARD}/auth/login/`,
  ]);
  return dashboard;
}

async function version(): Promise<string> {
  const found = await cloudScript(['exec', 'dpkg-query', '-Wf', '${Version}', 'openstack-dashboard']);
  return found.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
}

/** The page that has it as a tab, and of which group of blocks. */
function findPlace({ name }: WalkThrough): { page: Page; group: number } {
  const places = findPages([]).flatMap((page) =>
    page.blocks.filter(({ dashboard }) => dashboard === name).map(({ group }) => ({ page, group })),
  );
  const [place] = places;
  if (!place || places.length > 1)
    throw new Error(`${places.length} console blocks say dashboard=${name}; one should`);
  return place;
}

interface Take {
  walkThrough: WalkThrough;
  page: Page;
  group: number;
  way: Way;
  driver: Terminal;
  horizon: string;
}

async function take({ walkThrough, page, group, way, driver, horizon }: Take): Promise<boolean> {
  const { name } = walkThrough;
  const started = performance.now();
  const blocks = blocksOn(page, page.blocks.some(({ client }) => client) ? 'openstack' : undefined);
  const run = async (which: (block: Block) => boolean) => {
    const shell = await way.open(page);
    for (const block of blocks.filter((each) => each.norun === undefined && which(each)))
      await runBlock(page, block, shell);
    return shell;
  };
  const state = async () => (await driver.ask({ state: true })) as string[]; // as driver.ts answers
  await run((block) => block.group <= group);
  const wanted = await state();
  const shell = await run((block) => block.group < group);
  const message = { walk: name, files: await filesFor(walkThrough, shell), folder: path.join(root, HOME) };
  const result = (await driver.ask(message)) as Shot[] | Stuck; // as driver.ts answers
  if (!Array.isArray(result)) {
    reportStuck(result);
    return false;
  }
  const pictures = [];
  for (const shot of result) {
    const { picture, outcome } = await keep(name, shot);
    pictures.push(picture);
    if (outcome !== 'same') console.log(`${picture.file}: ${outcome}`);
  }
  await writeMeasures(name, { horizon, pictures });
  console.log(`${name}: ${pictures.length} pictures, ${Math.round((performance.now() - started) / 1000)} s`);
  return sameState(name, wanted, await settled(wanted, state));
}

/** What there is, once it is what is wanted, or after five seconds: nova hears of a floating IP a moment after neutron. */
async function settled(wanted: readonly string[], state: () => Promise<string[]>): Promise<string[]> {
  const found = await state();
  for (let tries = 0; tries < 5 && String(found) !== String(wanted); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    found.splice(0, found.length, ...(await state()));
  }
  return found;
}

/** What the walk-through uploads, from the page's home folder. */
async function filesFor({ scenes }: WalkThrough, shell: OpenShell): Promise<Record<string, string>> {
  const names = scenes.flatMap(({ steps }) =>
    steps.flatMap((step) => ('attach' in step ? [step.attach] : [])),
  );
  const read = names.map(async (name) => [
    name,
    (await shell.run(`base64 '${name}'`)).terminal.replace(/\s/g, ''),
  ]);
  return Object.fromEntries(await Promise.all(read));
}

function sameState(name: string, wanted: readonly string[], found: readonly string[]): boolean {
  const missing = wanted.filter((line) => !found.includes(line));
  const added = found.filter((line) => !wanted.includes(line));
  if (missing.length + added.length === 0) return true;
  console.error(`${name}: the clicks do not lead to what the commands lead to:`);
  for (const line of missing) console.error(`  - ${line}`);
  for (const line of added) console.error(`  + ${line}`);
  return false;
}

/** A walk-through that fails does not keep the others from theirs. */
function said(error: unknown): false {
  console.error(error instanceof Error ? error.message : error);
  return false;
}

function reportStuck({ walkThrough, step, why, saw }: Stuck): void {
  console.error(`${walkThrough}: stuck at ${step}
  ${why}
  page      ${saw.title}  ${saw.url}
  headings  ${saw.headings.join(' · ')}
  picture   ${saw.screenshot}`);
}
