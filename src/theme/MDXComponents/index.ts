import MDXComponents from '@theme-original/MDXComponents';
import Anchor from '@site/src/components/Anchor';
import Code from '@site/src/components/Code';
import ExampleCode from '@site/src/components/Code/ExampleCode';
import Session from '@site/src/components/Session';
import Table from '@site/src/components/Table';
import Verified from '@site/src/components/Verified';

/** What Markdown becomes, with our own components added. */
export default {
  ...MDXComponents,
  Anchor,
  Code,
  ExampleCode,
  Session,
  Verified,
  table: Table,
};
