import type { Config } from '@docusaurus/types';
import type * as Preset from '@docusaurus/preset-classic';
import browserBuild from './src/plugins/browser-build';
import contentSecurityPolicy from './src/plugins/content-security-policy';
import remarkAnchors from './src/plugins/remark-anchors';
import remarkCode from './src/plugins/remark-code';
import remarkConsole from './src/plugins/remark-console';
import remarkImageProperties from './src/plugins/remark-image-properties';
import remarkSupport from './src/plugins/remark-support';
import { clientChoiceScript } from './src/components/Session/client-choice-script';

const title = 'Learn OpenStack in 4 Hours';

const config: Config = {
  title,
  tagline:
    'A short course in which every command runs: in your browser, in the tests, and on a real OpenStack.',
  favicon: 'img/logo.svg',
  url: process.env.SITE_URL ?? 'https://learn-openstack.example',
  baseUrl: process.env.BASE_URL ?? '/',
  baseUrlIssueBanner: false,
  trailingSlash: true,
  future: { v4: true, faster: true },
  i18n: { defaultLocale: 'en', locales: ['en'] },
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',
  markdown: {
    hooks: { onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw' },
  },
  headTags: [
    { tagName: 'meta', attributes: { name: 'color-scheme', content: 'light dark' } },
    { tagName: 'meta', attributes: { name: 'theme-color', content: '#0f6a6e' } },
    // Before the first paint, so that the tabs of a page do not jump; see the file for what it does.
    { tagName: 'script', attributes: {}, innerHTML: clientChoiceScript },
  ],
  presets: [
    [
      'classic',
      {
        docs: {
          routeBasePath: '/',
          sidebarPath: './sidebars.ts',
          remarkPlugins: [remarkConsole, remarkCode, remarkAnchors, remarkSupport, remarkImageProperties],
        },
        blog: false,
        pages: { remarkPlugins: [remarkConsole, remarkCode] },
        theme: { customCss: './src/css/custom.css' },
        sitemap: { lastmod: null },
      } satisfies Preset.Options,
    ],
  ],
  plugins: [
    browserBuild,
    contentSecurityPolicy,
    [
      'docusaurus-plugin-typedoc',
      {
        entryPoints: ['src/client/index.ts'],
        tsconfig: 'tsconfig.json',
        out: 'docs/reference/client',
        readme: 'none',
        name: 'The typed client',
        // Types and functions share one page: each page of the site costs every reader some bytes of routes.
        membersWithOwnFile: ['Class'],
        interfacePropertiesFormat: 'table',
        enumMembersFormat: 'table',
        typeDeclarationFormat: 'table',
        pageTitleTemplates: { index: '{projectName}', member: '{name}' },
        hidePageHeader: true,
        hideBreadcrumbs: true,
        disableSources: true,
        excludePrivate: true,
        excludeInternal: true,
        // types are checked by npm run typecheck
        skipErrorChecking: true,
        sanitizeComments: true,
        logLevel: 'Warn',
      },
    ],
  ],
  themeConfig: {
    metadata: [
      { name: 'keywords', content: 'OpenStack, Glance, image, tutorial, course, command line, sandbox' },
      { property: 'og:type', content: 'website' },
      { name: 'twitter:card', content: 'summary' },
    ],
    colorMode: { respectPrefersColorScheme: true },
    docs: { sidebar: { hideable: false, autoCollapseCategories: false } },
    navbar: {
      title,
      logo: { alt: '', src: 'img/logo.svg', width: 28, height: 28 },
      items: [
        {
          to: '/day-3/',
          label: 'Course',
          position: 'right',
          activeBaseRegex: '/(day-\\d|reference|contributing)/',
        },
      ],
    },
    footer: {
      copyright: `${title} · Apache License 2.0 · Commands and outputs are those of OpenStack 2025.1`,
    },
  } satisfies Preset.ThemeConfig,
};

export default config;
