import React from 'react';
import type { ReactNode } from 'react';
import ScrollBox from '@site/src/components/ScrollBox';

/** Code that no plugin of ours has seen, such as a `<pre>` in MDX. Plain, so that no highlighter is sent. */
export default function CodeBlock({ children, className }: { children?: ReactNode; className?: string }) {
  return (
    <ScrollBox as="pre" className={className} label="Code">
      <code>{children}</code>
    </ScrollBox>
  );
}
