import React from 'react';
import verified from '@site/real-cloud/verified.json';
import styles from './styles.module.css';

interface Props {
  /** Path of the page in the repository. */
  page: string;
  /** Hashes of the page's blocks that run, separated by spaces. */
  hashes: string;
}

const blocks: Record<string, Record<string, number>> = verified.blocks;

/** Says which of the page's blocks printed the same on a real OpenStack, on which release, and when. */
export default function Verified({ page, hashes }: Props) {
  const all = hashes.split(' ');
  const replays = all.flatMap((hash) => verified.runs[blocks[page]?.[hash] ?? -1] ?? []);
  // the oldest replay is what the whole page can claim
  const [oldest] = [...replays].sort((a, b) => (a.date < b.date ? -1 : 1));
  if (!oldest) return <p className={styles.unverified}>Not yet verified on a real OpenStack.</p>;
  const whole = replays.length === all.length;
  return (
    <p className={whole ? styles.verified : styles.unverified}>
      <span>
        {whole ? 'Verified' : `${replays.length} of ${all.length} command blocks verified`} on OpenStack{' '}
        {oldest.release}, <time dateTime={oldest.date}>{day(oldest.date)}</time>
      </span>
      <span className={styles.how}>
        The real clients typed {whole ? 'every command of this page' : 'them'} into a real cloud (
        {oldest.server}) and printed the same.
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
