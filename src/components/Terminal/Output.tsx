import React, { useState } from 'react';
import ScrollBox from '../ScrollBox';
import styles from './styles.module.css';

/** Text as text, whatever it contains. More than `clipAt` lines are shown only when asked for. */
export default function Output({
  text,
  label = 'Output',
  clipAt = 300,
}: {
  text: string;
  label?: string;
  clipAt?: number;
}) {
  const [all, setAll] = useState(false);
  const lines = text.split('\n');
  const long = lines.length > clipAt || text.length > 200 * clipAt;
  const shown =
    all || !long
      ? text
      : lines
          .slice(0, clipAt)
          .join('\n')
          .slice(0, 200 * clipAt);
  return (
    <>
      <ScrollBox as="pre" className={styles.output} label={label}>
        {shown}
      </ScrollBox>
      {long && !all && (
        <button type="button" className={styles.headerButton} onClick={() => setAll(true)}>
          Show all {lines.length > 1 ? `${lines.length} lines` : `${text.length} characters`}
        </button>
      )}
    </>
  );
}
