import { escapeHtml } from '../../http/webob';
import type { Store } from '../backend/store';
import { SwiftResponse, type App, type Listing, type Middleware, type SwiftRequest } from '../common/swob';
import { fromWsgi, isTrue, quote } from '../common/text';

/** What the container says of its site. */
interface Site {
  index: string;
  error: string;
  listings: string;
  label: string;
  css: string;
  directoryType: string;
  readAcl: string | undefined;
}

/** Serves containers as web sites to those who come without a token. Modelled on swift/common/middleware/staticweb.py. */
export function staticweb(store: Store): Middleware {
  return async (request, next) => {
    const { account, container, object } = request.parts;
    const { env, method, headers } = request;
    if (env.authorize === undefined || account === '' || container === '') return next(request);
    if (method !== 'GET' && method !== 'HEAD') return next(request);
    const isKnown = env.remoteUser !== undefined && env.remoteUser !== '.wsgi.tempurl';
    if (isKnown && !isTrue(headers.get('X-Web-Mode'))) return next(request);
    const site = siteOf(store, account, container);
    return object === ''
      ? new Visit(request, next, site).container()
      : new Visit(request, next, site).object();
  };
}

function siteOf(store: Store, account: string, container: string): Site {
  const headers = store.container(account, container)?.record.headers ?? {};
  const value = (name: string) => {
    const header = headers[`x-container-meta-web-${name}`] ?? '';
    return (fromWsgi(header) ?? header).trim();
  };
  return {
    index: value('index'),
    error: value('error'),
    listings: value('listings'),
    label: value('listings-label'),
    css: value('listings-css'),
    directoryType: value('directory-type'),
    readAcl: headers['x-container-read'],
  };
}

class Visit {
  readonly #root: string;

  constructor(
    readonly request: SwiftRequest,
    readonly next: App,
    readonly site: Site,
  ) {
    const { version, account, container } = request.parts;
    this.#root = `/${version}/${account}/${container}`;
  }

  async container(): Promise<SwiftResponse> {
    const { request, site } = this;
    request.acl = site.readAcl;
    const no = request.env.authorize?.(request);
    if (no !== undefined) return this.#error(no);
    if (site.listings === '' && site.index === '')
      return isTrue(request.headers.get('X-Web-Mode')) ? new SwiftResponse(404) : this.next(request);
    if (!request.path.endsWith('/')) return this.#withSlash();
    if (site.index === '') return this.#listing('');
    const page = await this.#get(request.path + site.index);
    if (page.status === 404) return this.#listing('');
    return page.isSuccess || isRedirection(page) ? page : this.#error(page);
  }

  async object(): Promise<SwiftResponse> {
    const { request, site } = this;
    const page = await this.#get(request.path);
    if (page.isSuccess || isRedirection(page)) {
      const type = site.directoryType === '' ? 'application/directory' : site.directoryType;
      const length = Number(page.headers.get('Content-Length') ?? page.bytes.size);
      if (page.headers.get('Content-Type') !== type || length > 1) return page;
    } else if (page.status !== 404) return page;
    else if (site.listings === '' && site.index === '') return page;
    if (site.index !== '') {
      const path = request.path.endsWith('/') ? request.path : `${request.path}/`;
      const index = await this.#get(path + site.index);
      if (index.isSuccess || isRedirection(index)) return path === request.path ? index : this.#withSlash();
      if (index.status !== 404) return page;
    }
    const { object } = request.parts;
    if (request.path.endsWith('/')) return this.#listing(object);
    const below = await this.#list(`${object}/`, [['limit', '1']]);
    return below.isSuccess && (below.listing ?? []).length > 0
      ? this.#withSlash()
      : this.#error(new SwiftResponse(404));
  }

  /** The same request for another page. */
  #get(path: string): Promise<SwiftResponse> {
    const request = this.request.copy();
    request.path = path;
    return this.next(request);
  }

  #list(prefix: string, more: [string, string][] = []): Promise<SwiftResponse> {
    const params: [string, string][] = [['delimiter', '/'], ['format', 'json'], ...more];
    if (prefix !== '') params.push(['prefix', prefix]);
    return this.next(this.request.sub({ method: 'GET', path: this.#root, params }));
  }

  /** The site's own page for an error, if it has one. */
  async #error(response: SwiftResponse): Promise<SwiftResponse> {
    const { error } = this.site;
    if (error === '') return response;
    const page = await this.next(
      this.request.sub({ method: 'GET', path: `${this.#root}/${response.status}${error}` }),
    );
    if (!page.isSuccess) return response;
    page.status = response.status;
    return page;
  }

  #withSlash(): SwiftResponse {
    const { env, path } = this.request;
    return new SwiftResponse(301, { Location: `${env.hostUrl}${quote(`${path}/`)}` });
  }

  async #listing(prefix: string): Promise<SwiftResponse> {
    const { request, site } = this;
    const label =
      site.label === '' ? request.path : `${site.label}/${request.path.split('/').slice(4).join('/')}`;
    if (!isTrue(site.listings))
      return this.#error(new SwiftResponse(404, {}, disabledPage(label, prefix, site)));
    const found = await this.#list(prefix);
    if (!found.isSuccess) return this.#error(found);
    const listing = found.listing ?? [];
    if (prefix !== '' && listing.length === 0) return this.#error(new SwiftResponse(404));
    const { query, tempPrefix } = temporary(request);
    return new SwiftResponse(
      200,
      { 'Content-Type': 'text/html; charset=UTF-8', 'X-Backend-Content-Generator': 'staticweb' },
      listingPage(label, prefix, listing, site, query, prefix.length > tempPrefix.length),
    );
  }
}

function isRedirection({ status }: SwiftResponse): boolean {
  return status >= 300 && status < 400;
}

/** Links of a listing that was reached by a temporary URL have its signature. */
function temporary({ env, params }: SwiftRequest): { query: string; tempPrefix: string } {
  const tempPrefix = params.get('temp_url_prefix');
  if (env.remoteUser !== '.wsgi.tempurl' || tempPrefix === undefined) return { query: '', tempPrefix: '' };
  const parts = [
    `temp_url_prefix=${quote(tempPrefix)}`,
    `temp_url_expires=${quote(params.get('temp_url_expires') ?? '')}`,
    `temp_url_sig=${params.get('temp_url_sig') ?? ''}`,
  ];
  return { query: `?${parts.join('&amp;')}`, tempPrefix };
}

function cssPath(css: string, prefix: string): string {
  if (/^(\/|https?:\/\/)/.test(css)) return quote(css, ':/');
  return '../'.repeat(prefix.split('/').length - 1) + quote(css);
}

function style(site: Site, prefix: string, rules: readonly string[]): string {
  return site.css === ''
    ? `  <style type="text/css">\n${rules.map((rule) => `   ${rule}\n`).join('')}  </style>\n`
    : `  <link rel="stylesheet" type="text/css" href="${cssPath(site.css, prefix)}" />\n`;
}

function disabledPage(label: string, prefix: string, site: Site): string {
  const rules = ['h1 {font-size: 1em; font-weight: bold;}', 'p {font-size: 2}'];
  const missing =
    site.index === ''
      ? ''
      : `<h1>Index File Not Found</h1> <p>The owner of this web site has set  <b>X-Container-Meta-Web-Index: ${site.index}</b>.  However, this file is not found.</p>`;
  return `<!DOCTYPE html>\n<html>\n<head>\n<title>Listing of ${escapeHtml(label)}</title>\n${style(site, prefix, rules)}</head>\n<body>  <h1>Web Listing Disabled</h1>   <p>The owner of this web site has disabled web listing.   <p>If you are the owner of this web site, you can enable   web listing by setting X-Container-Meta-Web-Listings.</p>${missing} </body>\n</html>\n`;
}

function row(kind: string, href: string, name: string, size: string, date: string): string {
  return `   <tr ${kind}>\n    <td class="colname"><a href="${href}">${name}</a></td>\n    <td class="colsize">${size}</td>\n    <td class="coldate">${date}</td>\n   </tr>\n`;
}

function listingPage(
  label: string,
  prefix: string,
  listing: Listing,
  site: Site,
  query: string,
  hasParent: boolean,
): string {
  const rules = [
    'h1 {font-size: 1em; font-weight: bold;}',
    'th {text-align: left; padding: 0px 1em 0px 1em;}',
    'td {padding: 0px 1em 0px 1em;}',
    'a {text-decoration: none;}',
  ];
  const title = escapeHtml(label);
  const rows = hasParent ? [row('id="parent" class="item"', `../${query}`, '../', '&nbsp;', '&nbsp;')] : [];
  for (const { subdir } of listing) {
    if (subdir === undefined) continue;
    const name = subdir.slice(prefix.length);
    rows.push(row('class="item subdir"', quote(name) + query, escapeHtml(name), '&nbsp;', '&nbsp;'));
  }
  for (const { name: full, content_type: type = '', bytes = 0, last_modified: modified = '' } of listing) {
    if (full === undefined) continue;
    const name = full.slice(prefix.length);
    const classes = type.split('/').map((word) => `type-${escapeHtml(word.toLowerCase())}`);
    const date = escapeHtml(modified).replace(/\..*$/, '').replace('T', ' ');
    rows.push(
      row(
        `class="item ${classes.join(' ')}"`,
        quote(name) + query,
        escapeHtml(name),
        humanReadable(bytes),
        date,
      ),
    );
  }
  return `<!DOCTYPE html>\n<html>\n <head>\n  <title>Listing of ${title}</title>\n${style(site, prefix, rules)} </head>\n <body>\n  <h1 id="title">Listing of ${title}</h1>\n  <table id="listing">\n   <tr id="heading">\n    <th class="colname">Name</th>\n    <th class="colsize">Size</th>\n    <th class="coldate">Date</th>\n   </tr>\n${rows.join('')}  </table>\n </body>\n</html>\n`;
}

/** `human_readable` of swift/common/utils: 1048576 is `1Mi`. */
function humanReadable(bytes: number): string {
  let value = bytes;
  let index = -1;
  for (; value >= 1024 && index < 7; index++) value = roundHalfEven(value / 1024);
  return index === -1 ? String(value) : `${value}${'KMGTPEZY'.charAt(index)}i`;
}

/** Python's `round`. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
