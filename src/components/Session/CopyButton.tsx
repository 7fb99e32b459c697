import React, { useEffect, useState } from 'react';
import styles from './styles.module.css';

interface Props {
  text: string | (() => string);
  /** What is copied, for those who do not see it. */
  label: string;
  /** What stands on the button. */
  name?: string;
  className?: string | undefined;
}

/** Copies `text`. Says what came of it on the button itself, which a screen reader reads out. */
export default function CopyButton({ text, label, name = 'Copy', className = styles.button }: Props) {
  const [state, setState] = useState<'Copy' | 'Copied' | 'Cannot copy'>('Copy');
  const shown = state === 'Copy' ? name : state;
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
    <button type="button" className={className} onClick={copy} aria-label={`${shown} ${label}`}>
      <span aria-live="polite">{shown}</span>
    </button>
  );
}
