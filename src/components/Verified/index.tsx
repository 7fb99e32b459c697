import React from 'react';
import styles from './styles.module.css';

/** What a replay of the page on a real OpenStack has shown. */
export interface Verification {
  /** ISO 8601 day of the oldest replay. */
  date: string;
  /** OpenStack's release, such as `2025.1`. */
  release: string;
  /** The services that the page's commands reach, and their versions. */
  server: string;
  /** What of them is no real thing there; empty if all of it is. */
  standIns: string;
  /** How many of the page's blocks that run printed the same. */
  verified: number;
  /** How many run. */
  of: number;
}

interface Props {
  /** Made by verified-loader.mjs while the site is built; null when nothing was replayed. */
  verification: Verification | null;
}

/** Says which of the page's blocks printed the same on a real OpenStack, on which release, and when. */
export default function Verified({ verification }: Props) {
  if (!verification) return <p className={styles.unverified}>Not yet verified on a real OpenStack.</p>;
  const { date, release, server, standIns, verified, of } = verification;
  const whole = verified === of;
  return (
    <p className={whole ? styles.verified : styles.unverified}>
      <span>
        {whole ? 'Verified' : `${verified} of ${of} command blocks verified`} on OpenStack {release},{' '}
        <time dateTime={date}>{day(date)}</time>
      </span>
      <span className={styles.how}>
        The real clients typed {whole ? 'every command of this page' : 'them'} into a real cloud ({server})
        and printed the same.{standIns !== '' && ` What is a stand-in there, as here: ${standIns}.`}
      </span>
    </p>
  );
}

/** `2026-11-22` as `22 Nov 2026`. */
function day(date: string): string {
  return new Date(date).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
