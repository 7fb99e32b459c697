import React, { useEffect, useState } from 'react';
import type { ComponentType } from 'react';
import styles from './placeholder.module.css';

/** The image inspector. Its code comes when the page is there; without a script it says so. */
export default function ImageInspector() {
  const [Inspector, setInspector] = useState<ComponentType>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    import(/* webpackChunkName: "image-inspector" */ './Inspector').then(
      ({ default: loaded }) => gone || setInspector(() => loaded),
      () => gone || setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, []);
  if (Inspector) return <Inspector />;
  return (
    <div className={styles.placeholder}>
      <noscript>The inspector runs in your browser, and needs JavaScript.</noscript>
      <p role={failed ? 'alert' : undefined}>
        {failed
          ? 'The inspector could not be loaded. Reload the page to try again.'
          : 'The inspector is being loaded…'}
      </p>
    </div>
  );
}
