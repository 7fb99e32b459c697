import React, { useEffect, useState } from 'react';
import styles from '../Lab/styles.module.css';
import { useCloudCopy } from '../sandbox/use-copy';
import type { LabCase } from './case';
import { readSandbox } from './from-sandbox';

/** Takes networks, servers and groups of the page's sandbox as they are now. There once something was run on the page. */
export default function FromSandbox({ onRead }: { onRead: (labCase: LabCase) => void }) {
  const { status, value, isNow, wake } = useCloudCopy(readSandbox);
  // pressed while a command runs or its result is read: it is taken right after
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!wanted || !isNow || !value) return;
    setWanted(false);
    onRead(value);
  }, [wanted, isNow, value, onRead]);
  if (status === 'away' || status === 'failed') return null;
  if (status === 'asleep')
    return (
      <button type="button" className={styles.button} onClick={wake}>
        Wake the sandbox
      </button>
    );
  return (
    <button type="button" className={styles.button} aria-busy={wanted} onClick={() => setWanted(true)}>
      {wanted ? 'Taking the sandbox…' : 'Take the sandbox as it is now'}
    </button>
  );
}
