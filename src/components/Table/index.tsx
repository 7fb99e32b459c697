import React from 'react';
import type { ComponentProps } from 'react';
import ScrollBox from '../ScrollBox';

/** A table that scrolls in a box of its own, so that the page never goes sideways. */
export default function Table(props: ComponentProps<'table'>) {
  return (
    <ScrollBox className="table-box" label="Table">
      <table {...props} />
    </ScrollBox>
  );
}
