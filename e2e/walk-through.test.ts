import { mkdtempSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { walk, type Shot } from '../real-cloud/dashboard/drive';
import type { WalkThrough } from '../src/walk-throughs/walk-through';
import { Mask } from '../real-cloud/dashboard/mask';
import { launchBrowser } from './support/browser';

const LOGIN = `<form action="/project/"><input id="id_username"><input id="id_password" type="password">
  <button id="loginBtn">Sign In</button></form>`;
// with an element without content that is as high as the window, as Horizon has one
const MENU = `<div id="sidebar-accordion"><a data-toggle="collapse">Project</a>
  <a data-toggle="collapse" class="collapsed">Compute</a><a href="/project/images">Images</a></div>`;
const IMAGES = `<title>Images - OpenStack Dashboard</title>${MENU}<h1>Images</h1>
  <div id="content_body">2026-11-23T10:00:00Z<button>New Image</button>
    <div style="position: fixed; inset: 0; pointer-events: none"></div></div>`;

const steps: WalkThrough['scenes'][number]['steps'] = [
  { look: 'h1', says: 'Look at the heading.' },
  { click: 'text="Create Image"', says: 'Click **Create Image**.' },
];
const walkThrough: WalkThrough = {
  name: 'renamed',
  start: '/project/images',
  scenes: [{ picture: { name: 'list', alt: 'The list.', when: 'h1' }, steps }],
};

test('a button that was renamed stops the walk-through, which says at which step and what it saw; a picture of the page ends where its text does', async () => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(request.url?.startsWith('/auth/login') ? LOGIN : IMAGES);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is an object
  const browser = await launchBrowser();
  const folder = mkdtempSync(path.join(tmpdir(), 'walk-through-'));
  const url = `http://127.0.0.1:${port}`;
  try {
    const options = { files: {}, folder, url, patience: 5000 };
    const stuck = await walk(browser, { walkThrough, ...options });
    expect(stuck).toMatchObject({
      walkThrough: 'renamed',
      step: 'step 2, "Click **Create Image**.", at text="Create Image"',
      saw: { title: 'Images - OpenStack Dashboard', url: `${url}/project/images`, headings: ['Images'] },
    });
    expect(existsSync(path.join(folder, 'renamed-stuck.png'))).toBe(true);

    // there is one button, and another word stands on it
    // the menu's names do not count for it
    const says = 'Open **Project**, **Image**, and click **Create Image**.';
    const named = { ...walkThrough.scenes[0]!, steps: [{ click: 'button', says }] };
    expect(
      await walk(browser, { walkThrough: { ...walkThrough, scenes: [named] }, ...options }),
    ).toMatchObject({
      step: `step 1, "${says}", at button`,
      why: 'the words name Create Image, and there stands "new image"',
    });
    expect(
      await walk(browser, { walkThrough: { ...walkThrough, start: '/project/routers/' }, ...options }),
    ).toMatchObject({ step: 'the menu, at Project, Network' });

    const sound = { ...walkThrough, scenes: [{ ...walkThrough.scenes[0]!, steps: steps.slice(0, 1) }] };
    const shots = await walk(browser, { walkThrough: sound, ...options });
    expect(shots).toMatchObject([{ scene: 'list', width: 1000 }]);
    const [{ height }] = shots as [Shot]; // as the line before has seen
    expect(height).toBeLessThan(200);
  } finally {
    await browser.close();
    server.close();
  }
});

test('an id has the same stand-in however many times stood before it', () => {
  const masked = (...texts: string[]) => {
    const mask = new Mask();
    return texts.map((text) => mask.apply(text)).at(-1);
  };
  const id = 'aed12e24-71c8-4b22-a6c2-77b435ca945c';
  const [made, changed] = ['2026-11-23T10:00:00', '2026-11-23T10:00:01'];
  expect(masked(made, changed, id)).toBe(masked(made, made, id));
  expect(masked(made, id)).not.toBe(id);
});
