import React, { useEffect, useState } from 'react';
import Link from '@docusaurus/Link';
import type { CloudState } from '../../cloud/cloud';
import { usePanel } from '../sandbox/current';
import styles from './styles.module.css';

const LAB_PATH = '/day-3/scheduler-lab/';

/** What a command says of a server that found no host: `server show` has its fault, `server create --wait` only this. */
const NO_VALID_HOST = /No valid host was found|Error creating server/;

/** Below a server that found no host: the way to the scheduler lab, with this very server and this cloud's hosts in it. */
export default function LabHint({ output }: { output: string }) {
  // a table may break the sentence into two cells
  return NO_VALID_HOST.test(output.replace(/[\s|]+/g, ' ')) ? <LabLink output={output} /> : null;
}

function LabLink({ output }: { output: string }) {
  const { sandbox } = usePanel();
  const [fragment, setFragment] = useState<string>();
  useEffect(() => {
    let gone = false;
    const shell = sandbox?.shell;
    // output of an earlier visit: its cloud is not awake
    if (!shell) return undefined;
    const find = async () => {
      const [{ state }, { fragmentFor }] = await Promise.all([
        shell.snapshotWithBlobs(),
        import('../SchedulerLab/from-sandbox'),
      ]);
      // the sandbox is of this page, and its cloud of this release
      if (!gone) setFragment(fragmentFor(state.cloud as CloudState, output));
    };
    // without a network there is no link
    find().catch(() => {});
    return () => {
      gone = true;
    };
  }, [sandbox, output]);
  if (fragment === undefined) return null;
  return (
    <p className={styles.hint} data-lab-link="">
      <Link to={`${LAB_PATH}#${fragment}`} target="_blank" rel="noopener" data-noBrokenLinkCheck>
        Why? Open this case in the scheduler lab
        <span className={styles.hiddenText}> (opens in a new tab)</span>
        <span aria-hidden="true"> ↗</span>
      </Link>
    </p>
  );
}
