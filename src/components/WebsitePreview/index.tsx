import React, { useCallback, useId, useRef, useState } from 'react';
import { useCloudCopy, type CloudCopy } from '../sandbox/use-copy';
import { visitSite, type SitePage } from './site';
import styles from './styles.module.css';

const STATES = {
  away: 'There is no website yet. Run the blocks above.',
  asleep: 'The website of your last visit sleeps.',
  reading: 'Asking the container…',
  failed: 'The website could not be read.',
};

/**
 * The website of a container of this page's cloud, as a visitor sees it. The frame runs no scripts, so whatever the reader
 * uploads can reach neither the page nor its storage; it is not given a way to the network either.
 */
export default function WebsitePreview({ container }: { container: string }) {
  const [path, setPath] = useState('');
  const [typed, setTyped] = useState('');
  const id = useId();
  const read = useCallback((copy: CloudCopy) => visitSite(copy, container, path), [container, path]);
  const { status, value, wake } = useCloudCopy(read);
  const go = (to: string) => {
    setPath(to);
    setTyped(to);
  };
  return (
    <figure className={styles.browser} data-website="">
      <form
        className={styles.bar}
        onSubmit={(event) => {
          event.preventDefault();
          go(typed);
        }}
      >
        <label htmlFor={id}>Address</label>
        <span className={styles.root}>…/{container}/</span>
        <input
          id={id}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
        <button type="submit">Go</button>
      </form>
      {value ? (
        <Frame page={value} path={path} onGo={go} />
      ) : (
        <p className={styles.empty}>
          {STATES[status as keyof typeof STATES]}{' '}
          {status === 'asleep' && (
            <button type="button" onClick={wake}>
              Wake it
            </button>
          )}
        </p>
      )}
      <figcaption className={styles.status}>
        <span role="status">{value ? `The cloud answered ${value.status}.` : ''}</span>
      </figcaption>
    </figure>
  );
}

function Frame({ page, path, onGo }: { page: SitePage; path: string; onGo: (path: string) => void }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const dress = () => {
    const inner = frame.current?.contentDocument;
    const window = frame.current?.contentWindow as (Window & typeof globalThis) | null | undefined;
    if (!inner || !window) return;
    // style sheets that a script makes are not what the policy is about, and these come from here
    inner.adoptedStyleSheets = page.css.map((text) => {
      const sheet = new window.CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
    inner.addEventListener('click', (event) => {
      const link = (event.target as Element | null)?.closest?.('a[href]');
      if (!link) return;
      event.preventDefault();
      const href = link.getAttribute('href') ?? '';
      const root = 'https://site.example/';
      const url = new URL(href, root + path);
      if (url.href.startsWith(root)) onGo(url.href.slice(root.length));
    });
  };
  return (
    <iframe
      ref={frame}
      className={styles.frame}
      title={`The website, ${path || 'its first page'}`}
      // no scripts, no forms, no pop-ups, no way to the page around it; of this origin only so that links can be followed
      sandbox="allow-same-origin"
      srcDoc={page.html}
      onLoad={dress}
    />
  );
}
