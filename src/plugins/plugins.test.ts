import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import remarkFrontmatter from 'remark-frontmatter';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import argparseLoader from './argparse-loader.mjs';
import { policyOf, withPolicy } from './content-security-policy';
import { showExample } from './example-loader.mjs';
import { highlight } from './highlight.mjs';
import { findRegion } from './region.mjs';
import remarkCode from './remark-code';
import remarkConsole from './remark-console';
import { trimConfig, trimGlobalData } from './trim-loader.mjs';
import { servicesOf } from './services';
import { verification } from './verified-loader.mjs';

const top = path.resolve(import.meta.dirname, '../..');

/** The components that a page's Markdown becomes, with their attributes. */
async function components(markdown: string, cwd = top): Promise<Record<string, unknown>[]> {
  const file = { value: markdown, path: path.join(cwd, 'docs/page.md'), cwd };
  const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkMdx);
  const root = parser.parse(markdown);
  // the plugins change the tree they are given
  await unified().use(remarkConsole).use(remarkCode).run(root, file);
  return root.children.flatMap((node) =>
    node.type === 'mdxJsxFlowElement'
      ? [
          {
            name: node.name,
            ...Object.fromEntries(
              node.attributes.flatMap((attribute) =>
                attribute.type === 'mdxJsxAttribute' ? [[attribute.name, attribute.value]] : [],
              ),
            ),
          },
        ]
      : [],
  );
}

describe('console blocks', () => {
  test('become sessions that know their page, its start state and their commands', async () => {
    const [session] = await components('---\ncloud: empty\n---\n\n```console\n$ false\nno\n? 1\n```\n');
    expect(session).toMatchObject({ name: 'Session', page: 'docs/page.md', cloud: 'empty' });
    expect(JSON.parse(String(session?.['blocks']))).toEqual([
      { group: 0, commands: [{ source: 'false', expected: 'no\n', exitCode: 1 }] },
    ]);
  });

  test('of two clients, one below the other, become one session', async () => {
    const found = await components(
      '```console client=openstack\n$ a\n```\n\n```console client=glance\n$ b\n```\n\n```console\n$ c\n```\n',
    );
    expect(found.map(({ blocks }) => JSON.parse(String(blocks)).length)).toEqual([2, 1]);
  });

  test('that are not run say why', async () => {
    const [session] = await components('```console norun="needs a KVM host"\n$ virsh list\n```\n');
    expect(String(session?.['blocks'])).toContain('needs a KVM host');
  });

  test('with a walk-through of the dashboard bring its words and pictures', async () => {
    const [session] = await components('```console dashboard=create-image\n$ a\n```\n');
    expect(session).toMatchObject({
      walkThrough: { value: 'createImageWalkThrough' },
      photographed: { value: 'createImagePhotographed' },
    });
  });

  test('with a walk-through that there is not say which one has nearly that name', async () => {
    await expect(components('```console dashboard=create-keypair\n$ a\n```\n')).rejects.toThrow(
      'docs/page.md: there is no walk-through create-keypair; did you mean create-key-pair?',
    );
    // a file that walk-throughs share
    await expect(components('```console dashboard=panels\n$ a\n```\n')).rejects.toThrow(
      'there is no walk-through panels',
    );
  });

  test('with a walk-through that was never photographed say which command does that', async () => {
    const site = mkdtempSync(path.join(tmpdir(), 'site-'));
    mkdirSync(path.join(site, 'src/walk-throughs'), { recursive: true });
    writeFileSync(path.join(site, 'src/walk-throughs/index.ts'), "import shareIt from './share-it';\n");
    await expect(components('```console dashboard=share-it\n$ a\n```\n', site)).rejects.toThrow(
      'docs/page.md: src/walk-throughs/share-it.json is missing; npm run real-cloud -- photograph share-it writes it',
    );
    rmSync(site, { recursive: true });
  });

  test('without a command stop the build', async () => {
    await expect(components('```console\nno prompt\n```\n')).rejects.toThrow('docs/page.md:2');
  });
});

describe('code blocks', () => {
  test('are highlighted, with classes and without a style attribute', async () => {
    const html = await highlight('const a = "x"; // <b>', 'ts');
    expect(html).toContain('<span class="tok-keyword">const</span>');
    expect(html).not.toContain('style=');
    expect(html).not.toContain('<b>');
  });

  test('in a language that nobody can highlight stop the build', async () => {
    await expect(components('```klingon\nHab\n```\n')).rejects.toThrow(
      'docs/page.md:1: no highlighting for "klingon"',
    );
  });

  test.each([
    ['ts file=examples/images/nosuch.ts', 'there is no file examples/images/nosuch.ts'],
    ['ts file=package.json', '"file=" names a file under examples/'],
    ['ts file=examples/images/create.ts#nosuch', 'has no "// #region nosuch"'],
  ])('%s stops the build', async (fence, sentence) => {
    await expect(components(`\`\`\`${fence}\n\`\`\`\n`)).rejects.toThrow(sentence);
  });
});

describe('examples', () => {
  const source = [
    'function outer() {',
    '  // #region inner',
    '  const size: number = 3;',
    '',
    '  return size;',
    '  // #endregion inner',
    '}',
    'outer();',
  ].join('\n');
  const file = path.join(top, 'examples/unused.ts');

  test('show their region, moved to the left, with the type of each name', async () => {
    const { html, types } = await showExample(source, file, 'inner');
    expect(html.replace(/<[^>]*>/g, '')).toBe('const size: number = 3;\n\nreturn size;');
    expect(types.map((type) => type.html.replace(/<[^>]*>/g, ''))).toEqual(['const size: number']);
    expect(html.match(/data-type="0"/g)).toHaveLength(2);
  });

  test('that do not compile are not shown', async () => {
    await expect(showExample('const a: number = "text";', file)).rejects.toThrow();
  });

  test('name the regions there are when one is missing or never ends', () => {
    expect(findRegion(source, 'nosuch')).toEqual({
      error: 'has no "// #region nosuch"; it has: inner',
    });
    expect(findRegion('// #region open\n', 'open')).toEqual({ error: 'has no "// #endregion open"' });
  });
});

describe('the Content-Security-Policy', () => {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  test('allows the inline scripts and styles of the page by their hashes, and nothing else', () => {
    const policy = policyOf('<script>a()</script><script src="/b.js"></script><p style="color:red">x</p>');
    expect(policy).toContain(`script-src 'self' ${hash('a()')};`);
    expect(policy).toContain(`style-src-attr 'unsafe-hashes' ${hash('color:red')};`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('unsafe-eval');
  });

  test('stands before everything that it is to rule', () => {
    expect(withPolicy('<html><head><script>a()</script></head></html>')).toMatch(
      /^<html><head><meta http-equiv="Content-Security-Policy"/,
    );
    expect(() => withPolicy('<p>')).toThrow('without <head>');
  });
});

describe('argparse', () => {
  test('is bundled without code as text, and says so when it has changed', () => {
    const source = readFileSync(path.join(top, 'node_modules/argparse/lib/argparse.js'), 'utf8');
    expect(argparseLoader(source)).toContain('_AttributeHolder(CallableAction)');
    expect(() => argparseLoader('something else')).toThrow('argparse has changed');
  });
});

describe('what a page says of its replay on a real cloud', () => {
  const run = { release: '2025.1', services: { keystone: '27.0.0', glance: '30.0.0', nova: '31.0.0' } };
  const results = {
    runs: [
      { ...run, date: '2026-11-23' },
      { ...run, date: '2026-11-22' },
    ],
    blocks: { 'docs/a.md': { aa: 0, bb: 1 }, 'docs/b.md': { cc: 0 } },
  };

  test('is the oldest of its blocks, and how many of them were replayed by which services', () => {
    expect(verification(results, 'docs/a.md', ['aa', 'bb', 'cc'], ['keystone', 'glance'])).toEqual({
      release: '2025.1',
      server: 'keystone 27.0.0, glance 30.0.0',
      date: '2026-11-22',
      verified: 2,
      of: 3,
    });
  });

  test('is nothing when none was', () => {
    expect(verification(results, 'docs/b.md', ['aa'], [])).toBeNull();
    expect(verification(results, 'docs/new.md', ['aa'], [])).toBeNull();
  });

  test('names the services that its commands reach, whatever stands before their words', () => {
    const commands = [
      'openstack --os-cloud admin server list',
      'ID=$(glance image-list | tail -1)',
      'OS_CLOUD=partner openstack --insecure security group list',
      'openstack role list',
    ].map((source) => ({ source, expected: '', exitCode: 0, line: 1, output: { from: 1, to: 1 } }));
    expect(servicesOf([{ commands }])).toEqual(['keystone', 'glance', 'nova', 'neutron']);
    expect(servicesOf([{ commands, norun: 'not here' }])).toEqual(['keystone']);
  });

  test('stands below its title', async () => {
    const found = await components('# Title\n\n```console\n$ a\n```\n');
    expect(found.map(({ name }) => name)).toEqual(['Verified', 'Session']);
  });
});

describe("Docusaurus' generated modules", () => {
  test('are sent without the options of the build, and without a list of all pages', () => {
    expect(trimConfig('/* made */\nexport default {\n  "title": "T",\n  "plugins": [null]\n};\n')).toBe(
      'export default {"title":"T"}',
    );
    const data = {
      'docusaurus-plugin-content-docs': { default: { versions: [{ name: 'current', docs: [{ id: 'a' }] }] } },
    };
    expect(JSON.parse(trimGlobalData(JSON.stringify(data)))).toEqual({
      'docusaurus-plugin-content-docs': { default: { versions: [{ name: 'current', docs: [] }] } },
    });
  });

  test('that have changed their form stop the build', () => {
    expect(() => trimConfig('module.exports = {}')).toThrow('is not what it was');
  });
});
