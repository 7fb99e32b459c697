import React from 'react';
import useBrokenLinks from '@docusaurus/useBrokenLinks';

/** A place that links can point to. */
export default function Anchor({ id }: { id: string }) {
  useBrokenLinks().collectAnchor(id);
  return <span id={id} />;
}
