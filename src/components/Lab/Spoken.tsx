import React, { useEffect, useState } from 'react';
import styles from './styles.module.css';

/** What a screen reader hears is said when the reader has stopped typing. */
const QUIET = 600;

/** Says a text to who listens to the page, once it has not changed for a moment. */
export default function Spoken({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), QUIET);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className={styles.hiddenText} role="status">
      {said}
    </p>
  );
}
