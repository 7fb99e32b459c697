import React from 'react';
import type { ReactNode } from 'react';
import Terminal from '@site/src/components/Terminal';

/** Around every page, and kept when the reader goes from page to page: so is the terminal. */
export default function Root({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <Terminal />
    </>
  );
}
