import React from 'react';
import type { ComponentProps } from 'react';
import ScrollBox from '../ScrollBox';

/** A table that scrolls in a box of its own, so that the page never goes sideways. */
export default function Table(props: ComponentProps<'table'>) {
  return (
    <ScrollBox className="table-box" label={nameOf}>
      <table {...props} />
    </ScrollBox>
  );
}

/** A table's box has the name of the heading that it stands under. */
function nameOf(box: HTMLElement): string {
  const headings = [...document.querySelectorAll('main :is(h1, h2, h3, h4)')];
  const above = headings.findLast(
    (heading) => heading.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  // the link of a heading to itself has a zero-width space
  return `Table: ${above?.textContent.replaceAll('\u200B', '').trim() ?? document.title}`;
}
