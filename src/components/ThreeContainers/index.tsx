import React from 'react';
import styles from './styles.module.css';

/** Three things that are called container, side by side. The text beside it says the same. */
export default function ThreeContainers() {
  return (
    <div className={styles.three}>
      <figure>
        <svg viewBox="0 0 200 130" aria-hidden="true">
          <path className={styles.box} d="M20 40h160l-12 78H32z" />
          <ellipse className={styles.lid} cx="100" cy="40" rx="80" ry="12" />
          <path className={styles.file} d="M50 58h26l8 8v34H50z" />
          <path className={styles.file} d="M92 54h26l8 8v38H92z" />
          <path className={styles.file} d="M134 60h16l8 8v30h-24z" />
        </svg>
        <figcaption>
          <strong>Object container</strong> A bucket of files. <span>Swift</span>
        </figcaption>
      </figure>
      <figure>
        <svg viewBox="0 0 200 130" aria-hidden="true">
          <rect className={styles.host} x="14" y="84" width="172" height="32" rx="4" />
          <rect className={styles.box} x="62" y="18" width="76" height="60" rx="6" />
          <circle className={styles.program} cx="100" cy="48" r="17" />
          <path className={styles.mark} d="M95 39l14 9-14 9z" />
          <text x="100" y="105">
            a host
          </text>
        </svg>
        <figcaption>
          <strong>Application container</strong> One running program. <span>Zun</span>
        </figcaption>
      </figure>
      <figure>
        <svg viewBox="0 0 200 130" aria-hidden="true">
          {[14, 78, 142].map((x) => (
            <g key={x}>
              <rect className={styles.host} x={x} y="84" width="46" height="32" rx="4" />
              <rect className={styles.box} x={x} y="46" width="46" height="32" rx="4" />
              <circle className={styles.program} cx={x + 14} cy="62" r="8" />
              <circle className={styles.program} cx={x + 32} cy="62" r="8" />
            </g>
          ))}
          <rect className={styles.lid} x="14" y="16" width="174" height="22" rx="4" />
          <text x="101" y="32">
            Kubernetes
          </text>
        </svg>
        <figcaption>
          <strong>Cluster</strong> Many programs on many servers. <span>Magnum</span>
        </figcaption>
      </figure>
    </div>
  );
}
