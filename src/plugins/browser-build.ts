import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';

/**
 * How the browser's bundle differs from what npm installs:
 *
 * - No Prism. Code is highlighted while the site is built (remark-code.ts), yet the classic theme would send Prism along.
 * - Docusaurus' own generated modules mix `import` with `require`, which the bundler refuses in a package of ES modules.
 * - argparse does without `eval` (argparse-loader.mjs).
 * - What only the build reads of Docusaurus' generated modules stays behind (trim-loader.mjs), and so does the whole of
 *   tslib, of which one function is used.
 * - The few functions of Node that argparse and just-bash import are answered by `browser-shims/`.
 */
export default function browserBuild(context: LoadContext): Plugin {
  const shim = (file: string) => path.resolve(context.siteDir, 'src/plugins/browser-shims', file);
  return {
    name: 'browser-build',
    configureWebpack(_config, isServer, { currentBundler }) {
      const { NormalModuleReplacementPlugin } = currentBundler.instance;
      const module: { rules: object[] } = {
        rules: [{ include: context.generatedFilesDir, test: /\.js$/, type: 'javascript/auto' }],
      };
      if (isServer) {
        return {
          module,
          // one file: Node would take further ones, CommonJS in a package of ES modules, for what they are not
          output: { asyncChunks: false },
          plugins: [new NormalModuleReplacementPlugin(/\/engine-chunk$/, shim('engine-chunk.ts'))],
        };
      }
      module.rules.push(
        {
          test: /argparse\/lib\/argparse\.js$/,
          loader: path.resolve(context.siteDir, 'src/plugins/argparse-loader.mjs'),
        },
        {
          include: context.generatedFilesDir,
          test: /(docusaurus\.config\.mjs|globalData\.json|site-metadata\.json)$/,
          loader: path.resolve(context.siteDir, 'src/plugins/trim-loader.mjs'),
        },
      );
      return {
        module,
        plugins: [
          // "node:" is a scheme, which aliases do not see
          new NormalModuleReplacementPlugin(/^node:zlib$/, shim('zlib.ts')),
          new NormalModuleReplacementPlugin(/^tslib$/, (resource) => {
            if (/@docusaurus[\\/]utils-common/.test(resource.context)) resource.request = shim('tslib.cjs');
          }),
        ],
        resolve: {
          alias: {
            'prism-react-renderer': shim('prism.ts'),
          },
          fallback: {
            assert: shim('assert.cjs'),
            fs: shim('fs.ts'),
            path: shim('path.ts'),
            util: shim('util.ts'),
            zlib: shim('zlib.ts'),
          },
        },
      };
    },
  };
}
