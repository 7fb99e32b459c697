// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createTwoslasher } from 'twoslash';
import typescript from 'typescript';
import { highlight } from './highlight.mjs';
import { findRegion, isRegionMark } from './region.mjs';

/** @typedef {{ html: string, types: { html: string, docs?: string }[] }} Shown */

/** The types of a name come from here: a change shows on the page. */
const CLIENT = path.resolve(import.meta.dirname, '../client');

/**
 * Turns `examples/images/create.ts?region=create` into `export default { html, typesUrl }`: the region's code with its
 * colours, and where the types of its names are, which are fetched when a reader asks for one. A loader, and not a plugin
 * that reads the file itself, because the bundler then knows what a page depends on and never serves old code from its cache.
 *
 * @this {import('webpack').LoaderContext<{ region?: string }>}
 * @param {string} source
 */
export default function exampleLoader(source) {
  const done = this.async();
  this.addContextDependency(CLIENT);
  const { region } = this.getOptions();
  showExample(source, this.resourcePath, region).then(
    ({ html, types }) => {
      const json = JSON.stringify(types);
      const file = `assets/types/${hashOf(json)}.json`;
      this.emitFile(file, json);
      done(
        null,
        `export default { html: ${JSON.stringify(html)}, typesUrl: __webpack_public_path__ + ${JSON.stringify(file)} }`,
      );
    },
    (error) => done(error instanceof Error ? error : new Error(String(error))),
  );
}

/** @param {string} text */
function hashOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * @param {string} source
 * @param {string} file absolute path; imports of the source are resolved from here
 * @param {string} [region]
 * @returns {Promise<Shown>}
 */
export function showExample(source, file, region) {
  const { shown } = compilerFor(file);
  const key = `${file}#${region ?? ''}\n${source}`;
  const result = shown.get(key) ?? show(source, file, region);
  shown.set(key, result);
  return result;
}

/**
 * @param {string} source
 * @param {string} file
 * @param {string} [region]
 * @returns {Promise<Shown>}
 */
async function show(source, file, region) {
  const lines = source.split('\n');
  const range = region === undefined ? { from: 0, to: lines.length } : findRegion(source, region);
  if ('error' in range) throw new Error(`${file} ${range.error}`);

  const shown = lines
    .map((text, line) => ({ text, line }))
    .slice(range.from, range.to)
    .filter(({ text }) => !isRegionMark(text));
  while (shown.at(-1)?.text.trim() === '') shown.pop();
  const indent = Math.min(...shown.filter(({ text }) => text.trim()).map(({ text }) => text.search(/\S/)));
  const row = new Map(shown.map(({ line }, index) => [line, index]));

  /** @type {Map<string, { index: number, text: string, docs?: string }>} */
  const types = new Map();
  const decorations = [];
  for (const hover of hovers(source, file)) {
    const line = row.get(hover.line);
    if (line === undefined) continue;
    const key = `${hover.text}\n${hover.docs ?? ''}`;
    const type = types.get(key) ?? {
      index: types.size,
      text: hover.text,
      ...(hover.docs ? { docs: hover.docs } : {}),
    };
    types.set(key, type);
    const character = hover.character - indent;
    decorations.push({
      start: { line, character },
      end: { line, character: character + hover.length },
      properties: { 'data-type': type.index },
    });
  }
  const code = shown.map(({ text }) => text.slice(indent)).join('\n');
  return {
    html: await highlight(code, 'ts', decorations),
    types: await Promise.all(
      [...types.values()].map(async ({ text, docs }) => ({
        html: await highlight(text, 'ts'),
        ...(docs ? { docs } : {}),
      })),
    ),
  };
}

/**
 * What an editor would show for each name of a file. Throws when the file does not compile.
 * @param {string} source
 * @param {string} file
 */
function hovers(source, file) {
  return compilerFor(file)
    .twoslasher(source, 'ts')
    .hovers.map(({ line, character, length, text, docs }) => ({
      line,
      character,
      length,
      text: text.replace(/^\(alias\) /, '').replace(/\nimport \w+$/, ''),
      docs,
    }));
}

/**
 * A compiler for each folder of examples, what was made with it, and when anything that it has read last changed: reading
 * all of the client and of the language's own types takes seconds, and each example is shown for the browser and for the
 * server.
 * @type {Map<string, { changed: number, twoslasher: ReturnType<typeof createTwoslasher>, shown: Map<string, Promise<Shown>> }>}
 */
const compilers = new Map();

/** @param {string} file */
function compilerFor(file) {
  const folder = path.dirname(file);
  const changed = Math.max(...[folder, CLIENT].map(lastChange));
  const known = compilers.get(folder);
  if (known?.changed === changed) return known;
  const twoslasher = createTwoslasher({
    vfsRoot: folder,
    compilerOptions: {
      target: typescript.ScriptTarget.ES2023,
      module: typescript.ModuleKind.ESNext,
      moduleResolution: typescript.ModuleResolutionKind.Bundler,
      // as the compiler itself names them: other names are passed over without a word
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
    },
  });
  const compiler = { changed, twoslasher, shown: new Map() };
  compilers.set(folder, compiler);
  return compiler;
}

/**
 * When a file of a folder was last written, in milliseconds since 1970; 0 if there is none.
 * @param {string} folder
 */
function lastChange(folder) {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(0, ...files.map((name) => statSync(path.join(folder, name)).mtimeMs));
}
