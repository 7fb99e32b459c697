import React from 'react';
import Link from '@docusaurus/Link';
import { decodeError, DECODED_ERRORS_PATH } from '../../shell/decoded-errors';
import styles from './styles.module.css';

/** Below the output of a command that ended in a known error: the way to what it means. */
export default function Hint({ output }: { output: string }) {
  const error = decodeError(output);
  if (!error) return null;
  return (
    <p className={styles.hint} data-hint={error.anchor}>
      <Link to={`${DECODED_ERRORS_PATH}#${error.anchor}`}>
        What this means<span className={styles.hiddenText}>: {error.title}</span>
      </Link>
    </p>
  );
}
