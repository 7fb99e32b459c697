import React, { useEffect, useRef, useState } from 'react';
import { setTerminalOpen, usePageView, usePanel } from '../sandbox/current';
import { prefetchEngine } from '../sandbox/engine';
import type { PageSandbox } from '../sandbox/page-sandbox';
import { loadedPanel, loadPanel, prefetchTerminal } from './load-panel';
import styles from './styles.module.css';

/** The current page's terminal at the bottom of the window, or the button that opens it. */
export default function Terminal() {
  const { sandbox, open } = usePanel();
  if (!sandbox) return null;
  if (open) return <OpenTerminal key={sandbox.page} sandbox={sandbox} />;
  return (
    <button
      type="button"
      className={styles.launcher}
      onClick={() => setTerminalOpen(true)}
      onPointerEnter={prefetchTerminal}
      onFocus={prefetchTerminal}
    >
      <span aria-hidden="true">&gt;_ </span>
      <span className={styles.launcherText}>Terminal</span>
    </button>
  );
}

/** The place of the terminal, which is there at once; what is in it is fetched when it is first opened. */
function OpenTerminal({ sandbox }: { sandbox: PageSandbox }) {
  const { status } = usePageView(sandbox);
  const panel = useRef<HTMLElement>(null);
  const [Panel, setPanel] = useState(() => loadedPanel());
  const [failed, setFailed] = useState(false);
  // Where the reader came from: there she goes back to.
  const cameFrom = useRef<Element | null>(null);

  const fetchPanel = () => {
    setFailed(false);
    loadPanel().then(
      (loaded) => setPanel(() => loaded),
      () => setFailed(true),
    );
  };
  useEffect(() => {
    cameFrom.current = document.activeElement;
    document.documentElement.dataset.terminal = 'open';
    fetchPanel();
    prefetchEngine();
    return () => {
      delete document.documentElement.dataset.terminal;
    };
  }, []);

  const leave = () => {
    const back = cameFrom.current;
    const target =
      back?.isConnected && !panel.current?.contains(back) && back !== document.body ? back : undefined;
    if (target instanceof HTMLElement) target.focus();
    else panel.current?.querySelector<HTMLElement>('[data-close]')?.focus();
  };

  return (
    <section
      ref={panel}
      className={styles.terminal}
      aria-label="Terminal"
      data-page={sandbox.page}
      data-status={status}
      onFocus={(event) => {
        const from = event.relatedTarget;
        if (from instanceof Element && !panel.current?.contains(from)) cameFrom.current = from;
      }}
    >
      {Panel && <Panel sandbox={sandbox} panel={panel} onLeave={leave} />}
      {!Panel && failed && (
        <p className={styles.trouble} role="alert">
          The terminal could not be fetched. Is the network there?{' '}
          <button type="button" className={styles.headerButton} onClick={fetchPanel}>
            Try again
          </button>{' '}
          <button type="button" className={styles.headerButton} onClick={() => setTerminalOpen(false)}>
            Close<span className={styles.hiddenText}> the terminal</span>
          </button>
        </p>
      )}
    </section>
  );
}
