import React from 'react';
import Link from '@docusaurus/Link';
import { decodeError, DECODED_ERRORS_PATH } from '../../shell/decoded-errors';
import styles from './styles.module.css';

interface Props {
  output: string;
  exitCode: number | undefined;
}

/** Below the output of a command that ended in a known error: the way to what it means, beside the reader's page. */
export default function Hint({ output, exitCode }: Props) {
  const error = decodeError(output, exitCode);
  if (!error) return null;
  return (
    <p className={styles.hint} data-hint={error.anchor}>
      <Link to={`${DECODED_ERRORS_PATH}#${error.anchor}`} target="_blank" rel="noopener">
        What this means<span className={styles.hiddenText}>: {error.title} (opens in a new tab)</span>
        <span aria-hidden="true"> ↗</span>
      </Link>
    </p>
  );
}
