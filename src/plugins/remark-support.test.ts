import { expect, test } from 'vitest';
import { loadCommandTable } from '../cli';
import { COMMANDS } from '../cli/qemu-img/commands';
import { loadSupportTable } from '../cli/support';
import { COMMANDS as SWIFT_COMMANDS } from '../cli/swift/command-table';
import { supportHtml } from './remark-support';

const html = supportHtml(await loadSupportTable());

test('every command of the table stands on the page once, and none that is not there', async () => {
  const shown = [...html.matchAll(/<details data-find="([^"]+)"/g)].map((match) => match[1]);
  const commands = (await loadCommandTable()).map(({ program, name }) => `${program} ${name}`);
  const others = [
    ...COMMANDS.map(({ name }) => `qemu-img ${name}`),
    ...SWIFT_COMMANDS.map(({ name }) => `swift ${name}`),
  ];
  expect([...shown].sort()).toEqual([...commands, ...others].sort());
});

test('commands of the real client that are not here are named as such', () => {
  expect(html).toContain('<li data-find="openstack server ssh"><code>server ssh</code></li>');
  expect(html).not.toContain('<li data-find="openstack image list">');
});

test('a command has its usage, its options and what it prints', () => {
  const save = /<details data-find="openstack image save">(.*?)<\/details>/s.exec(html)?.[1] ?? '';
  expect(save).toContain('openstack image save [-h] [--file &lt;filename>] &lt;image>'.replace('[-h] ', ''));
  expect(save).toContain('<dt><code>--file &lt;filename></code></dt>');
  expect(html).toContain('<p>Prints <code>-f csv</code>, <code>json</code>');
});

test('nothing of it is taken for HTML', () => {
  expect(
    html.replace(
      /<\/?(section|h2|h3|p|details|summary|code|span|pre|dl|dt|dd|em|ul|li)( [a-z-]+="[^"<]*")*>/g,
      '',
    ),
  ).not.toMatch(/</);
});
