import React, { useEffect, useRef, useState } from 'react';
import type { HostState } from '../../cloud/compute/scheduler/host-state';
import type { Outcome } from './decide';
import Reason, { FilterName } from './Reason';
import { roomOf, verdictOn } from './verdict';
import styles from '../Lab/styles.module.css';

interface Props {
  hosts: readonly HostState[];
  outcome: Outcome;
  selected: string;
  onSelect: (host: string) => void;
}

/** The height of a row in px: all rows are alike, so that it is clear which ones can be seen. On a phone a row has two lines. */
const ROW = 60;
const NARROW_ROW = 104;
/** Narrower than this, in px, is a phone. */
const NARROW = 560;
const AHEAD = 6;

/** The hosts as a table. Of ten thousand only the rows that can be seen are there; a screen reader is told how many there are. */
export default function HostTable({ hosts, outcome, selected, onSelect }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 480, width: 720 });
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = () =>
      setView({ top: element.scrollTop, height: element.clientHeight, width: element.clientWidth });
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, []);
  const narrow = view.width < NARROW;
  const height = narrow ? NARROW_ROW : ROW;
  const first = Math.max(0, Math.min(hosts.length - 1, Math.floor(view.top / height)) - AHEAD);
  const last = Math.min(hosts.length, Math.ceil((view.top + view.height) / height) + AHEAD);
  return (
    <div
      ref={box}
      className={styles.table}
      role="table"
      aria-label="Hosts"
      aria-rowcount={hosts.length + 1}
      data-narrow={narrow}
      tabIndex={0}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={styles.tableHead}>
          <span role="columnheader">Host</span>
          <span role="columnheader" className={styles.tableRoom}>
            Free RAM
          </span>
          <span role="columnheader">Verdict</span>
          <span role="columnheader">Why</span>
        </div>
      </div>
      <div
        role="rowgroup"
        style={{ paddingTop: first * height, paddingBottom: (hosts.length - last) * height }}
      >
        {hosts.slice(first, last).map((host, i) => {
          const verdict = verdictOn(outcome, host.host);
          return (
            <div
              key={host.host}
              role="row"
              aria-rowindex={first + i + 2}
              className={styles.tableRow}
              style={{ height }}
              data-verdict={verdict.kind}
            >
              <span role="cell">
                <button
                  type="button"
                  className={styles.hostName}
                  aria-pressed={selected === host.host}
                  onClick={() => onSelect(selected === host.host ? '' : host.host)}
                >
                  {host.host}
                </button>
              </span>
              <span role="cell" className={styles.tableRoom}>
                {roomOf(host).ram}
              </span>
              <span role="cell" className={styles.tableVerdict}>
                <FilterName>{verdict.says}</FilterName>
              </span>
              <span role="cell" className={styles.tableWhy} title={verdict.because}>
                {verdict.because !== '' && <Reason because={verdict.because} asked={verdict.asked} />}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
