// @ts-check
// JavaScript, because the bundler loads this together with example-loader.mjs without compiling it.
import { bundledLanguages, codeToHast, createCssVariablesTheme, hastToHtml, isSpecialLang } from 'shiki';

/** @typedef {Awaited<ReturnType<typeof codeToHast>>} Root */
/** @typedef {Root['children'][number]} Node */
/** @typedef {NonNullable<import('shiki').CodeToHastOptions['decorations']>} Decorations */

/** Colours are names here; `src/css/custom.css` gives each its value in the light and the dark theme. */
const theme = createCssVariablesTheme({ name: 'course', variablePrefix: '--' });

/**
 * Whether `highlight` knows this language.
 * @param {string} language
 */
export function knowsLanguage(language) {
  return isSpecialLang(language) || language in bundledLanguages;
}

/**
 * The inside of a `<code>` element: `code` with its tokens in `<span class="tok-…">`.
 * @param {string} code
 * @param {string} language
 * @param {Decorations} [decorations] attributes for parts of the code
 */
export async function highlight(code, language, decorations = []) {
  const root = await codeToHast(code, { lang: language, theme, decorations });
  const pre = root.children[0];
  const inside = pre?.type === 'element' ? pre.children[0] : undefined;
  if (inside?.type !== 'element') throw new Error('shiki returned no <code> element');
  return hastToHtml({ type: 'root', children: inside.children.flatMap(simplify) });
}

/**
 * Writes a token's colour as a class instead of a `style` attribute (a strict Content-Security-Policy refuses inline
 * styles), and drops the spans that say nothing: one around each line, and those in the text's own colour.
 * @param {Node} node
 * @returns {Node[]}
 */
function simplify(node) {
  if (node.type !== 'element') return [node];
  const children = /** @type {typeof node.children} */ (node.children.flatMap(simplify));
  const { style, class: _lineClass, ...rest } = node.properties;
  const token = /var\(--token-([a-z-]+)\)/.exec(String(style ?? ''))?.[1];
  if (!token && Object.keys(rest).length === 0) return children;
  return [{ ...node, properties: token ? { ...rest, class: `tok-${token}` } : rest, children }];
}
