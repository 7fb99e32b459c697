/**
 * Runs in the cloud's network, driven from outside as `terminal.py` is: {"walk": NAME, "files": …, "folder": …} clicks
 * through a walk-through, {"state": true} tells what the project demo has.
 */
import { createInterface } from 'node:readline';
import { launchBrowser } from '../../e2e/support/browser';
import { connect } from '../../src/client';
import { PASSWORD } from '../../src/cloud/states/people';
import { WALK_THROUGHS } from '../../src/walk-throughs';
import { SHARES } from '../../src/walk-throughs/panels';
import { walk } from './drive';
import { withShareServices } from './share-services';
import { stateOf } from './state';

type Message = { walk: string; files: Record<string, string>; folder: string } | { state: true };

const browser = await launchBrowser();
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as Message; // photograph.ts wrote it
  console.log(JSON.stringify('walk' in message ? await take(message) : await stateOf(as('demo'))));
}
await browser.close();

async function take({
  walk: name,
  files,
  folder,
}: {
  walk: string;
  files: Record<string, string>;
  folder: string;
}) {
  const walkThrough = WALK_THROUGHS.find((each) => each.name === name);
  if (!walkThrough) throw new Error(`there is no walk-through ${name}`);
  const taken = () => walk(browser, { walkThrough, files, folder });
  return walkThrough.start === SHARES.start ? withShareServices(as('admin'), taken) : taken();
}

/** A person, in the project of the same name. */
function as(name: 'admin' | 'demo') {
  return connect({
    auth: {
      auth_url: 'http://127.0.0.1:5000/v3',
      username: name,
      password: PASSWORD,
      project_name: name,
      default_domain: 'default',
    },
    region_name: 'RegionOne',
  });
}
