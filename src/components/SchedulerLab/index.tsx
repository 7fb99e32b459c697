import React, { useEffect, useState } from 'react';
import type { ComponentType } from 'react';
import useBrokenLinks from '@docusaurus/useBrokenLinks';
import { PRESET_IDS } from './preset-ids';
import styles from './placeholder.module.css';

/** The scheduler lab. Its code, and the scheduler with it, comes when the page is there; without a script it says so. */
export default function SchedulerLab() {
  const brokenLinks = useBrokenLinks();
  for (const id of PRESET_IDS) brokenLinks.collectAnchor(`preset-${id}`);
  const [Lab, setLab] = useState<ComponentType>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    import(/* webpackChunkName: "scheduler-lab" */ './Lab').then(
      ({ default: loaded }) => gone || setLab(() => loaded),
      () => gone || setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, []);
  if (Lab) return <Lab />;
  return (
    <div className={styles.placeholder} data-lab="">
      <noscript>The lab runs in your browser, and needs JavaScript.</noscript>
      <p role={failed ? 'alert' : undefined}>
        {failed ? 'The lab could not be loaded. Reload the page to try again.' : 'The lab is being loaded…'}
      </p>
    </div>
  );
}
