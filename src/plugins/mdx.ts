import type { MdxJsxFlowElement, MdxjsEsm } from 'mdast-util-mdx';

/**
 * `<Name text="…" value={identifier} />` as a node of the Markdown tree.
 * @param texts attributes that are strings
 * @param identifiers attributes that are the value of a variable of the page
 */
export function jsxElement(
  name: string,
  texts: Record<string, string>,
  identifiers: Record<string, string> = {},
): MdxJsxFlowElement {
  return {
    type: 'mdxJsxFlowElement',
    name,
    attributes: [
      ...Object.entries(texts).map(([attribute, value]) => ({
        type: 'mdxJsxAttribute' as const,
        name: attribute,
        value,
      })),
      ...Object.entries(identifiers).map(([attribute, identifier]) => ({
        type: 'mdxJsxAttribute' as const,
        name: attribute,
        value: {
          type: 'mdxJsxAttributeValueExpression' as const,
          value: identifier,
          data: {
            estree: {
              type: 'Program' as const,
              sourceType: 'module' as const,
              body: [
                {
                  type: 'ExpressionStatement' as const,
                  expression: { type: 'Identifier' as const, name: identifier },
                },
              ],
            },
          },
        },
      })),
    ],
    children: [],
  };
}

/** `import name from 'request'` as a node of the Markdown tree. */
export function importDefault(name: string, from: string): MdxjsEsm {
  return {
    type: 'mdxjsEsm',
    value: '',
    data: {
      estree: {
        type: 'Program',
        sourceType: 'module',
        body: [
          {
            type: 'ImportDeclaration',
            attributes: [],
            specifiers: [{ type: 'ImportDefaultSpecifier', local: { type: 'Identifier', name } }],
            source: { type: 'Literal', value: from },
          },
        ],
      },
    },
  };
}
