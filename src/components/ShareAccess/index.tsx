import React, { useId, useState } from 'react';
import { useCloudCopy } from '../sandbox/use-copy';
import { decide, type Verdict } from './decide';
import { readShares, type SharesAndServers } from './read';
import styles from './styles.module.css';

const STATES = {
  away: 'No shares and no servers yet. Run the blocks above.',
  asleep: 'What you made in your last visit sleeps.',
  reading: 'Asking the cloud…',
  failed: 'The cloud could not be read.',
};

const WORDS: Record<Verdict['access'], string> = {
  rw: 'reads and writes',
  ro: 'reads only',
  none: 'cannot mount it',
};

/** Who can mount which share of this page's cloud, and the rule that decides. Drawn again after each command. */
export default function ShareAccess() {
  const { status, value, wake } = useCloudCopy(readShares);
  return (
    <div className={styles.access} data-share-access="">
      {value ? (
        <Shown {...value} />
      ) : (
        <p className={styles.empty}>
          {STATES[status as keyof typeof STATES]}{' '}
          {status === 'asleep' && (
            <button type="button" onClick={wake}>
              Wake it
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function Shown({ servers, shares }: SharesAndServers) {
  const id = useId();
  const [address, setAddress] = useState('');
  const [shareId, setShareId] = useState('');
  const share = shares.find((each) => each.id === shareId) ?? shares[0];
  const from = address || (servers[0]?.address ?? '');
  if (share === undefined) return <p className={styles.empty}>There is no share yet.</p>;
  const verdict = verdictFor(share, from);
  const server = servers.find((each) => each.address === from);
  return (
    <>
      <Drawing servers={servers} share={share} chosen={from} />
      <div className={styles.question}>
        <label htmlFor={`${id}-from`}>From the address</label>
        <input
          id={`${id}-from`}
          list={`${id}-servers`}
          value={address}
          placeholder={servers[0]?.address ?? '10.0.0.11'}
          onChange={(event) => setAddress(event.target.value.trim())}
          autoComplete="off"
          spellCheck={false}
        />
        <datalist id={`${id}-servers`}>
          {servers.map((each) => (
            <option key={each.address} value={each.address}>
              {each.name}
            </option>
          ))}
        </datalist>
        <label htmlFor={`${id}-share`}>mount</label>
        <select id={`${id}-share`} value={share.id} onChange={(event) => setShareId(event.target.value)}>
          {shares.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name} ({each.protocol})
            </option>
          ))}
        </select>
      </div>
      <p className={styles.verdict} data-access={verdict.access} role="status">
        <strong>
          {server ? `${server.name} (${from})` : from} {WORDS[verdict.access]}.
        </strong>{' '}
        {verdict.why}
      </p>
    </>
  );
}

type ShareView = SharesAndServers['shares'][number];

function verdictFor(share: ShareView, address: string): Verdict {
  if (share.status !== 'available') return { access: 'none', why: `The share is ${share.status}.` };
  if (share.protocol === 'NFS') return decide(share.rules, address);
  const users = share.rules.filter(({ access_type, state }) => access_type === 'user' && state === 'active');
  return {
    access: 'none',
    why:
      users.length === 0
        ? `${share.protocol} lets in users, and no active rule names one.`
        : `${share.protocol} does not ask for the address but for the user: ${users.map(({ access_to, access_level }) => `${access_to} ${access_level === 'rw' ? 'may write' : 'may read'}`).join(', ')}.`,
  };
}

const ROW = 52;

/** Servers on the left, the share on the right, a line for each that may mount it. The words below say the same. */
function Drawing({
  servers,
  share,
  chosen,
}: {
  servers: SharesAndServers['servers'];
  share: ShareView;
  chosen: string;
}) {
  const height = Math.max(1, servers.length) * ROW + 16;
  const middle = height / 2;
  return (
    <svg className={styles.drawing} viewBox={`0 0 520 ${height}`} aria-hidden="true">
      {servers.map(({ name, address }, i) => {
        const y = 8 + i * ROW + ROW / 2;
        const { access } = verdictFor(share, address);
        return (
          <g key={address} className={address === chosen ? styles.chosen : undefined}>
            <path
              className={styles.line}
              data-access={access}
              d={`M190 ${y}C270 ${y} 270 ${middle} 350 ${middle}`}
            />
            <rect className={styles.box} x="4" y={y - 21} width="186" height="42" rx="6" />
            <text x="14" y={y - 3}>
              {cut(name)}
            </text>
            <text className={styles.quiet} x="14" y={y + 14}>
              {address}
            </text>
          </g>
        );
      })}
      <rect className={styles.share} x="350" y={middle - 25} width="166" height="50" rx="6" />
      <text x="362" y={middle - 4}>
        {cut(share.name)}
      </text>
      <text className={styles.quiet} x="362" y={middle + 14}>
        {share.protocol} share
      </text>
    </svg>
  );
}

function cut(name: string): string {
  return name.length > 18 ? `${name.slice(0, 17)}…` : name;
}
