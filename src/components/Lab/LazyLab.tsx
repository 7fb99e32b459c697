import React, { useEffect, useState } from 'react';
import type { ComponentType } from 'react';
import useBrokenLinks from '@docusaurus/useBrokenLinks';
import styles from './placeholder.module.css';

interface Props {
  /** Gets the lab's code. */
  load: () => Promise<{ default: ComponentType }>;
  /** The cases that links of other pages may name: `#preset-…`. */
  presets: readonly string[];
}

/** A lab, whose code comes when the page is there; without a script it says so. `load` has to stay the same function. */
export default function LazyLab({ load, presets }: Props) {
  const brokenLinks = useBrokenLinks();
  for (const id of presets) brokenLinks.collectAnchor(`preset-${id}`);
  const [Lab, setLab] = useState<ComponentType>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    load().then(
      ({ default: loaded }) => gone || setLab(() => loaded),
      () => gone || setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [load]);
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
