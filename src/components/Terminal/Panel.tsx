import React from 'react';
import type { RefObject } from 'react';
import { setTerminalOpen, usePageView } from '../sandbox/current';
import type { PageSandbox } from '../sandbox/page-sandbox';
import Log from './Log';
import Prompt from './Prompt';
import { useRequestsShown } from './requests-choice';
import ResizeHandle from './ResizeHandle';
import styles from './styles.module.css';

export interface PanelProps {
  sandbox: PageSandbox;
  /** The terminal that this is the inside of. */
  panel: RefObject<HTMLElement | null>;
  /** Takes the focus back to where the reader came from. */
  onLeave: () => void;
}

/** The inside of an open terminal. A chunk of its own: import it only through `load-panel.ts`. */
export default function Panel({ sandbox, panel, onLeave }: PanelProps) {
  const view = usePageView(sandbox);
  const [requestsShown, showRequests] = useRequestsShown();
  return (
    <>
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
            onLeave();
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
        <Prompt sandbox={sandbox} busy={view.status === 'busy'} onLeave={onLeave} />
      </Log>
    </>
  );
}

const statusText = {
  away: '',
  loading: 'Fetching the sandbox …',
  ready: '',
  busy: 'Running …',
  failed: '',
};
