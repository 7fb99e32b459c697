// @ts-check

/** What of the site's configuration only the build reads. */
const buildOnly = ['plugins', 'presets', 'themes', 'markdown', 'headTags', 'scripts', 'stylesheets'];

/**
 * Leaves out of Docusaurus' generated modules what no page reads, because every page is sent the rest:
 * `docusaurus.config.mjs` without the options of the build's plugins, `globalData.json` without the list of all
 * pages, `site-metadata.json` without the plugins' versions.
 *
 * @this {import('webpack').LoaderContext<object>}
 * @param {string} source
 * @returns {string}
 */
export default function trimLoader(source) {
  if (this.resourcePath.endsWith('docusaurus.config.mjs')) return trimConfig(source);
  if (this.resourcePath.endsWith('globalData.json')) return trimGlobalData(source);
  return JSON.stringify({ ...JSON.parse(source), pluginVersions: {} });
}

/**
 * @param {string} source `export default {…};`, the inside being JSON
 * @returns {string}
 */
export function trimConfig(source) {
  const json = /export default ([{][\s\S]*[}]);?\s*$/.exec(source)?.[1];
  if (!json) throw new Error('docusaurus.config.mjs is not what it was. See src/plugins/trim-loader.mjs.');
  const config = Object.entries(JSON.parse(json)).filter(([name]) => !buildOnly.includes(name));
  return `export default ${JSON.stringify(Object.fromEntries(config))}`;
}

/**
 * @param {string} source
 * @returns {string}
 */
export function trimGlobalData(source) {
  const data = JSON.parse(source);
  for (const instance of Object.values(data['docusaurus-plugin-content-docs'] ?? {})) {
    for (const version of instance.versions) version.docs = [];
  }
  return JSON.stringify(data);
}
