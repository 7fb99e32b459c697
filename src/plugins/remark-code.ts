import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Code, Root, RootContent } from 'mdast';
import type { MdxjsEsm } from 'mdast-util-mdx';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { highlight, knowsLanguage } from './highlight.mjs';
import { importDefault, jsxElement } from './mdx';
import { findRegion } from './region.mjs';

/**
 * Highlights every fence that is not a `console` block while the site is built, so that no highlighter is sent to
 * the reader. A fence such as
 *
 *     ```ts file=examples/images/create.ts#create
 *     ```
 *
 * shows that region of the tested file. Throws, and so stops the build, on an unknown language, file or region.
 */
export default function remarkCode() {
  return async (root: Root, file: VFile): Promise<void> => {
    const work: Promise<void>[] = [];
    const imports: MdxjsEsm[] = [];
    visit(root, 'code', (node, index, parent) => {
      if (!parent || index === undefined) return undefined;
      const where = `${path.relative(file.cwd, file.path)}:${node.position?.start.line ?? 0}`;
      const example = /(?:^|\s)file=(\S+)/.exec(node.meta ?? '')?.[1];
      if (example !== undefined) {
        const name = `example${imports.length}`;
        imports.push(importDefault(name, exampleRequest(example, node, file.cwd, where)));
        parent.children[index] = jsxElement(
          'ExampleCode',
          { file: example.replace(/#.*/, '') },
          { example: name },
        );
        return SKIP;
      }
      work.push(
        highlightFence(node, where).then((element) => {
          parent.children[index] = element;
        }),
      );
      return SKIP;
    });
    await Promise.all(work);
    root.children.unshift(...imports);
  };
}

async function highlightFence(node: Code, where: string): Promise<RootContent> {
  const language = node.lang ?? 'text';
  if (!knowsLanguage(language)) {
    throw new Error(
      `${where}: no highlighting for "${language}". Use a language that shiki knows, or "text".`,
    );
  }
  const title = /(?:^|\s)title="([^"]*)"/.exec(node.meta ?? '')?.[1];
  const html = await highlight(node.value, language);
  return jsxElement('Code', { html, language, ...(title === undefined ? {} : { title }) });
}

/** The import that makes the bundler run our loader over the example; checks first that there is something to show. */
function exampleRequest(example: string, node: Code, siteDir: string, where: string): string {
  const [file = '', region] = example.split('#');
  if (node.value.trim() !== '') {
    throw new Error(`${where}: the block shows ${example}, so it must be empty. Remove its text.`);
  }
  const absolute = path.resolve(siteDir, file);
  if (!file.startsWith('examples/') || !existsSync(absolute)) {
    throw new Error(`${where}: there is no file ${file}. "file=" names a file under examples/.`);
  }
  if (region !== undefined) {
    const found = findRegion(readFileSync(absolute, 'utf8'), region);
    if ('error' in found) throw new Error(`${where}: ${file} ${found.error}.`);
  }
  const loader = path.resolve(siteDir, 'src/plugins/example-loader.mjs');
  return `!!${loader}${region === undefined ? '' : `?region=${encodeURIComponent(region)}`}!${absolute}`;
}
