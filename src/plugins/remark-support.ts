import type { Parent, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { loadSupportTable, type ProgramSupport, type SupportedCommand } from '../cli/support';
import { jsxElement } from './mdx';

/**
 * Fills `<SandboxSupport />` with every command of every program while the site is built, from the table that drives
 * the parsers. The page gets plain HTML: it can be read, searched and printed without a script.
 */
export default function remarkSupport() {
  return async (root: Root): Promise<void> => {
    const places: { parent: Parent; index: number }[] = [];
    visit(root, 'mdxJsxFlowElement', (node, index, parent) => {
      if (node.name !== 'SandboxSupport' || !parent || index === undefined) return;
      places.push({ parent, index });
    });
    if (places.length === 0) return;
    const html = supportHtml(await loadSupportTable());
    for (const { parent, index } of places) parent.children[index] = jsxElement('SandboxSupport', { html });
  };
}

/** The lists as HTML. What can be found by typing carries its name in `data-find`. */
export function supportHtml(programs: readonly ProgramSupport[]): string {
  return programs.map(programHtml).join('');
}

function programHtml({ program, release, here, missing }: ProgramSupport): string {
  const total = here.length + missing.length;
  return `<section aria-labelledby="support-${program}"><h2 id="support-${program}"><code>${program}</code></h2>
<p>${here.length} of the ${total} commands of ${program} ${release} run here.</p>
${here.map((command) => commandHtml(program, command)).join('\n')}
${missing.length === 0 ? '' : missingHtml(program, missing)}</section>`;
}

function commandHtml(
  program: string,
  { name, description, usage, options, formats }: SupportedCommand,
): string {
  const rows = options.map(
    (option) =>
      `<dt><code>${escape(option.name)}</code>${option.here ? '' : ' <em>not in this sandbox</em>'}</dt><dd>${escape(option.help)}</dd>`,
  );
  const form =
    formats.length === 0 ? '' : `<p>Prints <code>-f ${formats.join('</code>, <code>')}</code>.</p>`;
  return `<details data-find="${program} ${name}"><summary><code>${program} ${name}</code> <span>${escape(description)}</span></summary><pre><code>${escape(usage)}</code></pre>${rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`}${form}</details>`;
}

function missingHtml(program: string, missing: readonly string[]): string {
  const items = missing.map((name) => `<li data-find="${program} ${name}"><code>${name}</code></li>`);
  return `<h3>Not in this sandbox</h3><ul>${items.join('')}</ul>`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
