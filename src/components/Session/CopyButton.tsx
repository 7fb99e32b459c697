import React, { useEffect, useState } from 'react';
import styles from './styles.module.css';

/** Copies `text`. Says what came of it on the button itself, which a screen reader reads out. */
export default function CopyButton({ text, label }: { text: string | (() => string); label: string }) {
  const [state, setState] = useState<'Copy' | 'Copied' | 'Cannot copy'>('Copy');
  useEffect(() => {
    if (state === 'Copy') return undefined;
    const timer = setTimeout(() => setState('Copy'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(typeof text === 'string' ? text : text()))
      .then(
        () => setState('Copied'),
        () => setState('Cannot copy'),
      );
  };
  return (
    <button type="button" className={styles.button} onClick={copy} aria-label={`${state} ${label}`}>
      <span aria-live="polite">{state}</span>
    </button>
  );
}
