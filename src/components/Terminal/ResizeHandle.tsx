import React, { useEffect, useState } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import styles from './styles.module.css';

const key = 'learn-openstack.terminal-height';
const smallest = 20;
const largest = 85;
const step = 5;

/** The upper edge of the terminal: pulled by mouse or finger, moved by the arrow keys. Heights are % of the window's. */
export default function ResizeHandle({ panel }: { panel: RefObject<HTMLElement | null> }) {
  const [height, setHeight] = useState(stored);

  useEffect(() => {
    document.documentElement.style.setProperty('--course-terminal-height', `${height}dvh`);
    try {
      localStorage.setItem(key, String(height));
    } catch {
      // no storage: the height holds until the reload
    }
  }, [height]);

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !panel.current) return;
    const bottom = panel.current.getBoundingClientRect().bottom;
    setHeight(within(((bottom - event.clientY) / window.innerHeight) * 100));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowUp: height + step, ArrowDown: height - step, Home: smallest, End: largest }[
      event.key
    ];
    if (next === undefined) return;
    event.preventDefault();
    setHeight(within(next));
  };

  return (
    <div
      className={styles.handle}
      role="separator"
      tabIndex={0}
      aria-label="Height of the terminal"
      aria-orientation="horizontal"
      aria-valuemin={smallest}
      aria-valuemax={largest}
      aria-valuenow={Math.round(height)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}

function within(height: number): number {
  return Math.min(largest, Math.max(smallest, height));
}

function stored(): number {
  try {
    const height = Number(localStorage.getItem(key));
    if (height) return within(height);
  } catch {
    // no storage
  }
  return 40;
}
