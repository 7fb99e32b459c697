import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/axe';
import { lessonPaths } from './support/pages';
import { openPage, useBrowser } from './support/reader';

useBrowser();

const PAGE = '/day-3/image-inspector/';
const GB = 1024 ** 3;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inspector-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function openInspector(options = {}) {
  const page = await openPage(PAGE, options);
  const inspector = page.getByRole('region', { name: 'Image inspector' });
  const status = inspector.getByRole('status');
  const look = async (sample: string) => {
    await inspector.getByLabel('Or look into a sample').selectOption(sample);
    await status.filter({ hasText: `${sample}: read` }).waitFor();
  };
  return { page, inspector, status, look };
}

test('a sparse file of 50 GB answers in less than a second', async () => {
  const file = path.join(folder, 'huge.raw');
  writeFileSync(file, '');
  truncateSync(file, 50 * GB);
  const { inspector, status } = await openInspector();
  const start = performance.now();
  await inspector.getByLabel('Drop a file here, or choose one').setInputFiles(file);
  await status.filter({ hasText: 'huge.raw: read' }).waitFor();
  const milliseconds = Math.round(performance.now() - start);
  const said = (await status.textContent()) ?? '';
  process.stdout.write(`${said}; ${milliseconds} ms with the file dialog\n`);
  expect(said).toMatch(/^huge\.raw: read [\d.]+ KiB of 50 GiB in \d{1,3} ms$/);
  expect(await inspector.getByText('is a raw disk').textContent()).toContain('50 GiB');
});

test('it says the exact commands for the file, and copies them', async () => {
  const { page, inspector, look } = await openInspector({
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await look('virtualbox.vdi');
  await inspector.getByRole('button', { name: /^Copy qemu-img/ }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'qemu-img convert -f vdi -O qcow2 virtualbox.vdi virtualbox.qcow2',
  );
});

test('an unsafe file is named with its advisory, in both themes and on a phone, and axe finds nothing', async () => {
  const { page, inspector, look } = await openInspector({ viewport: { width: 360, height: 800 } });
  await look('points-to-a-host-file.qcow2');
  expect(await inspector.getByRole('link', { name: /OSSA-2015-014/ }).count()).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    expect(await violations(page)).toEqual([]);
  }
});

test('a file can be dropped', async () => {
  const { page, inspector, status } = await openInspector();
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['KDMV nonsense'], 'broken.vmdk'));
    return transfer;
  });
  await inspector.dispatchEvent('drop', { dataTransfer: data });
  await status.filter({ hasText: 'broken.vmdk: read' }).waitFor();
});

test('a page without the inspector does not load it', async () => {
  const isOther = (at: string) => at !== PAGE && at !== '/day-3/';
  const page = await openPage(lessonPaths().find(isOther) ?? '/');
  const chunks = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(chunks.filter((name) => name.includes('image-inspector.'))).toEqual([]);
});
