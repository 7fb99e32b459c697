import type { Code, Parents, Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { parse as parseYaml } from 'yaml';
import { parseBlock, TranscriptError } from './parse-block';
import type { Block, Page } from './transcript';

const DEFAULT_CLOUD = 'course';

const markdownParser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkMdx);

/**
 * Finds the `console` blocks of a page, wherever they stand in the Markdown.
 *
 * @param file path from the top of the repository; named in errors.
 * @throws {@link TranscriptError}
 */
export function parsePage(file: string, markdown: string): Page {
  const root = parseMarkdown(file, markdown);
  const blocks: Block[] = [];
  let group = -1;
  let previous: { node: Code; parent: Parents; index: number } | undefined;
  visit(root, 'code', (node, index, parent) => {
    if (node.lang !== 'console' || !parent || index === undefined) return;
    const line = node.position?.start.line ?? 0;
    const block = parseBlock({ file, line, meta: node.meta ?? '', value: node.value });
    const before = blocks.at(-1);
    const beside = previous?.parent === parent && previous.index === index - 1;
    if (!(beside && before?.client && block.client && !tabs(blocks, group).includes(block.client))) {
      requireBothClients(file, blocks, group);
      group++;
    }
    blocks.push({ ...block, group });
    previous = { node, parent, index };
  });
  requireBothClients(file, blocks, group);
  const samples = frontMatter(file, root, 'samples', 'a folder of samples');
  return {
    file,
    cloud: frontMatter(file, root, 'cloud', 'a start state') ?? DEFAULT_CLOUD,
    ...(samples !== undefined && { samples }),
    blocks,
  };
}

/** Every `ts file=examples/…#region` block: what it shows, and where it stands. */
export function findExamples(
  file: string,
  markdown: string,
): { file: string; region?: string; line: number }[] {
  const examples: { file: string; region?: string; line: number }[] = [];
  visit(parseMarkdown(file, markdown), 'code', (node) => {
    const reference = /(?:^|\s)file=(\S+)/.exec(node.meta ?? '')?.[1];
    if (reference === undefined) return;
    const [path = '', region] = reference.split('#');
    examples.push({
      file: path,
      ...(region !== undefined && { region }),
      line: node.position?.start.line ?? 0,
    });
  });
  return examples;
}

function parseMarkdown(file: string, markdown: string): Root {
  try {
    return markdownParser.parse(markdown);
  } catch (error) {
    const line = error instanceof Error && 'line' in error && typeof error.line === 'number' ? error.line : 1;
    throw new TranscriptError(file, line, error instanceof Error ? error.message : String(error));
  }
}

function tabs(blocks: readonly Block[], group: number) {
  return blocks.filter((block) => block.group === group).map(({ client }) => client);
}

function requireBothClients(file: string, blocks: readonly Block[], group: number): void {
  const [first, second] = blocks.filter((block) => block.group === group);
  if (!first?.client || second) return;
  const other = first.client === 'openstack' ? 'glance' : 'openstack';
  throw new TranscriptError(
    file,
    first.line,
    `client=${first.client} needs a client=${other} block right beside it.`,
  );
}

/** @param names what the value is the name of, for the error. */
function frontMatter(file: string, root: Root, key: 'cloud' | 'samples', names: string): string | undefined {
  const [first] = root.children;
  if (first?.type !== 'yaml') return undefined;
  const matter: unknown = parseYaml(first.value);
  if (typeof matter !== 'object' || matter === null || !(key in matter)) return undefined;
  const { [key]: value } = matter as Partial<Record<typeof key, unknown>>; // the line above found it
  if (typeof value !== 'string') throw new TranscriptError(file, 1, `${key}: names ${names}.`);
  return value;
}
