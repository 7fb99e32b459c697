import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';

/**
 * Turns `<a id="…">` in Markdown into `<Anchor id="…">`, which tells Docusaurus that the anchor is there; without it
 * a link to the anchor counts as broken. TypeDoc writes such anchors into its tables.
 */
export default function remarkAnchors() {
  return (root: Root): void => {
    visit(root, ['mdxJsxTextElement', 'mdxJsxFlowElement'], (node) => {
      if (node.type !== 'mdxJsxTextElement' && node.type !== 'mdxJsxFlowElement') return;
      const names = node.attributes.map((attribute) => ('name' in attribute ? attribute.name : ''));
      if (node.name === 'a' && names.includes('id') && !names.includes('href')) node.name = 'Anchor';
    });
  };
}
