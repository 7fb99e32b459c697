import React from 'react';
import type { ReactNode } from 'react';

/** `:::note[Title]` in Markdown: its words in a box. There is one kind; the classic theme sends five, with icons, to every reader. */
export default function Admonition({ title, children }: { title?: ReactNode; children?: ReactNode }) {
  return (
    <aside className="theme-admonition alert alert--secondary margin-bottom--md">
      {title !== undefined && (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      {children}
    </aside>
  );
}
