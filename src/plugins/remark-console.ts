import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Code, Parent, Root, RootContent } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { damerauLevenshtein } from '../cli/openstack/command-manager';
import { blockHash } from '../transcript/block-hash';
import { parsePage } from '../transcript/parse-page';
import type { Block, Page } from '../transcript/transcript';
import { importDefault, jsxElement } from './mdx';
import { servicesOf, STAND_INS } from './services';

/**
 * Turns each `console` block of a page into a `<Session>`; the blocks of one group (two clients' ways to do one
 * thing) become one `<Session>` with tabs. The parser is the tests' own, so page and tests cannot disagree.
 * Below the page's title it says which of them were verified on a real OpenStack.
 * Throws, and so stops the build, on anything the parser refuses.
 */
export default function remarkConsole() {
  return (root: Root, file: VFile): void => {
    const fences: { node: Code; parent: Parent }[] = [];
    visit(root, 'code', (node, _index, parent) => {
      if (node.lang === 'console' && parent) fences.push({ node, parent });
      return SKIP;
    });
    if (fences.length === 0) return;

    const name = path.relative(file.cwd, file.path).replaceAll(path.sep, '/');
    const page = parsePage(name, String(file.value));
    if (page.blocks.length !== fences.length) {
      throw new Error(
        `${name}: Markdown has ${fences.length} console blocks here, the transcript parser ${page.blocks.length}. ` +
          'Is a fence indented, or inside an HTML comment?',
      );
    }
    const groups = new Map<number, { node: Code; parent: Parent; block: Block }[]>();
    page.blocks.forEach((block, index) => {
      const members = groups.get(block.group) ?? [];
      groups.set(block.group, [...members, { ...fences[index]!, block }]);
    });
    for (const members of groups.values()) {
      const [first, ...others] = members;
      if (!first) continue;
      const texts = {
        page: page.file,
        cloud: page.cloud,
        ...(page.samples !== undefined && { samples: page.samples }),
        blocks: JSON.stringify(members.map(({ block }) => forReader(block))),
      };
      const walkThrough = members.flatMap(({ block }) => block.dashboard ?? [])[0];
      const session = jsxElement(
        'Session',
        texts,
        walkThrough === undefined ? {} : importWalkThrough(root, file.cwd, page.file, walkThrough),
      );
      first.parent.children[first.parent.children.indexOf(first.node)] = session;
      for (const { node, parent } of others) parent.children.splice(parent.children.indexOf(node), 1);
    }
    const title = root.children.findIndex(isTitle);
    const hashes = page.blocks.filter(({ norun }) => norun === undefined).map(blockHash);
    if (title !== -1 && hashes.length > 0) {
      root.children.splice(title + 1, 0, jsxElement('Verified', {}, { verification: 'verification' }));
      root.children.unshift(importDefault('verification', verifiedRequest(file.cwd, page, hashes)));
    }
  };
}

/**
 * Imports a walk-through and what was measured of it.
 * @returns the variables, by the attribute that each is for.
 */
function importWalkThrough(root: Root, siteDir: string, page: string, name: string): Record<string, string> {
  const folder = path.resolve(siteDir, 'src/walk-throughs');
  const names = walkThroughs(folder);
  if (!names.includes(name))
    throw new Error(
      `${page}: there is no walk-through ${name}; did you mean ${nearest(name, names)}? ` +
        'All of them are in src/walk-throughs/index.ts.',
    );
  if (!existsSync(path.join(folder, `${name}.json`)))
    throw new Error(
      `${page}: src/walk-throughs/${name}.json is missing; npm run real-cloud -- photograph ${name} writes it`,
    );
  const variable = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const variables = { walkThrough: `${variable}WalkThrough`, photographed: `${variable}Photographed` };
  root.children.unshift(
    importDefault(variables.walkThrough, path.join(folder, `${name}.ts`)),
    importDefault(variables.photographed, path.join(folder, `${name}.json`)),
  );
  return variables;
}

/** Read as text, not imported: one that was added while the site is open has to be found, too. */
function walkThroughs(folder: string): string[] {
  const index = readFileSync(path.join(folder, 'index.ts'), 'utf8');
  return [...index.matchAll(/^import \w+ from '\.\/([^']+)';$/gm)].flatMap(([, name]) => name ?? []);
}

function nearest(name: string, names: readonly string[]): string | undefined {
  const distance = new Map(names.map((each) => [each, damerauLevenshtein(name, each)]));
  return [...distance].sort(([, a], [, b]) => a - b)[0]?.[0];
}

/** The import that makes the bundler run our loader over the results of the replays. */
function verifiedRequest(siteDir: string, { file, blocks }: Page, hashes: string[]): string {
  const loader = path.resolve(siteDir, 'src/plugins/verified-loader.mjs');
  const services = servicesOf(blocks);
  const standIns = services.flatMap((name) => (STAND_INS[name] ? [`${name}: ${STAND_INS[name]}`] : []));
  const query = new URLSearchParams({
    page: file,
    hashes: hashes.join(' '),
    services: services.join(' '),
    standIns: standIns.join('; '),
  });
  return `!!${loader}?${query}!${path.resolve(siteDir, 'real-cloud/verified.json')}`;
}

/** What the page needs of a block; line numbers are the tests' business. */
function forReader({ client, norun, group, commands }: Block) {
  return {
    group,
    ...(client === undefined ? {} : { client }),
    ...(norun === undefined ? {} : { norun }),
    commands: commands.map(({ source, expected, exitCode }) => ({ source, expected, exitCode })),
  };
}

/** Docusaurus wraps the page's first heading in a `<header>`. */
function isTitle(node: RootContent): boolean {
  return (
    (node.type === 'heading' && node.depth === 1) ||
    (node.type === 'mdxJsxFlowElement' && node.name === 'header')
  );
}
