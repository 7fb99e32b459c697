import React, { useEffect, useRef } from 'react';
import { setTerminalOpen, usePageView, usePanel } from '../sandbox/current';
import { prefetchEngine } from '../sandbox/engine';
import type { PageSandbox } from '../sandbox/page-sandbox';
import Log from './Log';
import Prompt from './Prompt';
import { useRequestsShown } from './requests-choice';
import ResizeHandle from './ResizeHandle';
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
      onPointerEnter={prefetchEngine}
      onFocus={prefetchEngine}
    >
      <span aria-hidden="true">&gt;_ </span>
      <span className={styles.launcherText}>Terminal</span>
    </button>
  );
}

function OpenTerminal({ sandbox }: { sandbox: PageSandbox }) {
  const view = usePageView(sandbox);
  const [requestsShown, showRequests] = useRequestsShown();
  const panel = useRef<HTMLElement>(null);
  // Where the reader came from: there she goes back to.
  const cameFrom = useRef<Element | null>(null);
  useEffect(() => {
    cameFrom.current = document.activeElement;
    document.documentElement.dataset.terminal = 'open';
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
      data-status={view.status}
      onFocus={(event) => {
        const from = event.relatedTarget;
        if (from instanceof Element && !panel.current?.contains(from)) cameFrom.current = from;
      }}
    >
      <ResizeHandle panel={panel} />
      <header className={styles.header}>
        <h2 className={styles.title}>Terminal</h2>
        <p className={styles.status} role="status">
          {statusText[view.status]}
        </p>
        <label className={styles.switch}>
          <input
            type="checkbox"
            role="switch"
            checked={requestsShown}
            onChange={(event) => showRequests(event.target.checked)}
          />
          <span>Requests</span>
        </label>
        <button type="button" className={styles.headerButton} onClick={() => void sandbox.startAgain()}>
          Start <span className={styles.onWide}>this page </span>again
        </button>
        <button
          type="button"
          data-close
          className={styles.headerButton}
          onClick={() => {
            leave();
            setTerminalOpen(false);
          }}
        >
          Close<span className={styles.hiddenText}> the terminal</span>
        </button>
      </header>
      {view.status === 'loading' && <div className={styles.progress} aria-hidden="true" />}
      {view.status === 'failed' && (
        <p className={styles.trouble} role="alert">
          {view.failure}{' '}
          <button type="button" className={styles.headerButton} onClick={() => sandbox.retry()}>
            Try again
          </button>
        </p>
      )}
      {view.trouble !== undefined && (
        <p className={styles.trouble} role="alert">
          {view.trouble}{' '}
          <button type="button" className={styles.headerButton} onClick={() => sandbox.dismissTrouble()}>
            Understood
          </button>
        </p>
      )}
      <Log entries={view.entries} requests={requestsShown ? view.requests : undefined}>
        <Prompt sandbox={sandbox} busy={view.status === 'busy'} onLeave={leave} />
      </Log>
    </section>
  );
}

const statusText = {
  away: '',
  loading: 'Fetching the sandbox …',
  ready: '',
  busy: 'Running …',
  failed: '',
};
