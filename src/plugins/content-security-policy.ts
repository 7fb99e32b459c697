import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';

/**
 * Puts a Content-Security-Policy into every built page: nothing from another host, no inline script or style but those
 * that the page was built with (their hashes are listed), no `eval`. A static site cannot count on its host to send
 * headers, so the policy is a `<meta>` element.
 */
export default function contentSecurityPolicy(_context: LoadContext): Plugin {
  return {
    name: 'content-security-policy',
    async postBuild({ outDir }) {
      const files = await readdir(outDir, { recursive: true });
      await Promise.all(
        files
          .filter((file) => file.endsWith('.html'))
          .map(async (file) => {
            const at = path.join(outDir, file);
            await writeFile(at, withPolicy(await readFile(at, 'utf8')));
          }),
      );
    },
  };
}

/** The page with its policy right after `<head>`. Throws when there is no `<head>`. */
export function withPolicy(html: string): string {
  const head = /<head[^>]*>/.exec(html);
  if (!head) throw new Error('content-security-policy: a page without <head>');
  const at = head.index + head[0].length;
  return `${html.slice(0, at)}<meta http-equiv="Content-Security-Policy" content="${policyOf(html)}">${html.slice(at)}`;
}

/** The policy that allows what stands in `html`, and nothing else. */
export function policyOf(html: string): string {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/g)]
    // data blocks such as JSON-LD are not run
    .filter(([, attributes]) => !/type="?application\/(ld\+)?json/.test(attributes ?? ''))
    .map(([, , text]) => text ?? '');
  const styles = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, text]) => text ?? '');
  const attributes = [...html.matchAll(/<[a-z][^<>]*?\sstyle=(?:"([^"]*)"|([^\s"'>]+))/g)].map(
    ([, quoted, bare]) => unescape(quoted ?? bare ?? ''),
  );
  return [
    "default-src 'none'",
    ["script-src 'self'", ...hashes(scripts)].join(' '),
    ["style-src-elem 'self'", ...hashes(styles)].join(' '),
    attributes.length > 0
      ? ["style-src-attr 'unsafe-hashes'", ...hashes(attributes)].join(' ')
      : "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
  ].join('; ');
}

function hashes(texts: string[]): string[] {
  return [...new Set(texts)].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}

function unescape(attribute: string): string {
  return attribute
    .replace(/&quot;/g, '"')
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
