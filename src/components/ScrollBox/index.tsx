import React, { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

interface Props {
  /** What a screen reader calls the box when it can be scrolled. */
  label: string;
  className?: string | undefined;
  as?: 'pre' | 'div';
  children: ReactNode;
}

/** A box for what may be wider than the page. It can be focused, and so scrolled by keyboard, only while it is too narrow. */
export default function ScrollBox({ label, className, as: Tag = 'div', children }: Props) {
  const box = useRef<HTMLDivElement & HTMLPreElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [children]);
  return (
    <Tag
      ref={box}
      className={className}
      {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}
    >
      {children}
    </Tag>
  );
}
