import React, { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import clsx from 'clsx';

interface Props {
  /** What a screen reader calls the box when it can be scrolled; a function finds it, and has to stay the same. */
  label: string | ((box: HTMLElement) => string);
  className?: string | undefined;
  as?: 'pre' | 'div';
  children: ReactNode;
}

/** A box for what may be wider than the page. It can be focused, and so scrolled by keyboard, only while it is too narrow. */
export default function ScrollBox({ label, className, as: Tag = 'div', children }: Props) {
  const box = useRef<HTMLDivElement & HTMLPreElement>(null);
  const [name, setName] = useState<string>();
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const scrolls =
        element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
      setName(!scrolls ? undefined : typeof label === 'string' ? label : label(element));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [children, label]);
  return (
    <Tag
      ref={box}
      className={clsx('scroll-box', className)}
      {...(name === undefined ? {} : { tabIndex: 0, role: 'group', 'aria-label': name })}
    >
      {children}
    </Tag>
  );
}
