import type { CloudCopy } from '../sandbox/use-copy';

/** A page of a website, ready for a frame that runs no scripts. */
export interface SitePage {
  status: number;
  html: string;
  /** What its style sheets and `style` elements say, in their order: the page's policy allows none of them inline. */
  css: string[];
}

/** Sends what a visitor's browser would send: nothing but the address. */
type Visit = (path: string) => Promise<Response>;

/** What may not be in the frame, or would only be refused there with a complaint. */
const NOT_SHOWN =
  'script, iframe, frame, object, embed, base, meta[http-equiv], link:not([rel~="stylesheet"]), template';

/** Where a container's website lies below the account, found as its owner's project. */
export async function siteOf(copy: CloudCopy, container: string): Promise<{ root: string; visit: Visit }> {
  const { connect } = await import('../../client');
  const { session } = connect(
    {
      auth: {
        auth_url: `${copy.cloud.baseUrl}/identity/v3`,
        username: 'demo',
        password: 'secret',
        project_name: 'demo',
        user_domain_name: 'Default',
        project_domain_name: 'Default',
      },
    },
    { fetch: (request) => copy.cloud.fetch(request) },
  );
  const account = await session.getEndpoint({ serviceType: 'object-store' });
  const root = `${account}/${container}/`;
  return { root, visit: (path) => copy.cloud.fetch(new Request(new URL(path, root))) };
}

/** Fetches a page and all that it shows, as a visitor without a login. */
export async function visitSite(copy: CloudCopy, container: string, path: string): Promise<SitePage> {
  const { root, visit } = await siteOf(copy, container);
  const at = new URL(path, root);
  const response = await visit(at.href);
  if (!/^text\/html/.test(response.headers.get('Content-Type') ?? '')) {
    const text = document.createElement('pre');
    text.textContent = await response.text();
    return { status: response.status, html: text.outerHTML, css: [] };
  }
  // what is in a template is looked at and not shown: nothing of it runs, loads or colours anything
  const template = document.createElement('template');
  template.innerHTML = await response.text();
  const page = template.content;
  const css = await takeStyles(page, (href) => inSite(href, at, root), visit);
  for (const element of page.querySelectorAll(NOT_SHOWN)) element.remove();
  for (const element of page.querySelectorAll('*')) {
    for (const { name } of [...element.attributes])
      if (/^on|^(style|srcset|background|poster|ping)$/i.test(name)) element.removeAttribute(name);
  }
  for (const image of page.querySelectorAll('img, source, video, audio, track, input[src]')) {
    const url = inSite(image.getAttribute('src'), at, root);
    image.removeAttribute('src');
    if (url !== undefined && image.localName === 'img')
      image.setAttribute('src', await dataUrl(await visit(url)));
  }
  return { status: response.status, html: `<!doctype html>${template.innerHTML}`, css };
}

/** The address within the container; nothing for one outside. */
export function inSite(href: string | null, at: URL, root: string): string | undefined {
  if (href === null) return undefined;
  try {
    const url = new URL(href, at);
    return url.href.startsWith(root) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

async function takeStyles(
  page: DocumentFragment,
  within: (href: string | null) => string | undefined,
  visit: Visit,
): Promise<string[]> {
  const css: string[] = [];
  for (const element of page.querySelectorAll('style, link[rel~="stylesheet"]')) {
    if (element.localName === 'style') css.push(element.textContent);
    const url = element.localName === 'link' ? within(element.getAttribute('href')) : undefined;
    if (url !== undefined) css.push(await (await visit(url)).text());
    element.remove();
  }
  return css;
}

async function dataUrl(response: Response): Promise<string> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:${response.headers.get('Content-Type') ?? ''};base64,${btoa(text)}`;
}
