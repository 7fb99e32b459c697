import React, { useId, useState } from 'react';
import { useCloudCopy } from '../sandbox/use-copy';
import { verdictFor, type Rule, type ShareView, type Verdict } from './decide';
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
  const [typed, setTyped] = useState<string>();
  const [shareId, setShareId] = useState('');
  const share = shares.find((each) => each.id === shareId) ?? shares[0];
  if (share === undefined) return <p className={styles.empty}>There is no share yet.</p>;
  const from = typed ?? servers[0]?.address ?? '10.0.0.11';
  const verdict = verdictFor(share, from);
  const server = servers.find(({ address }) => address === from);
  return (
    <>
      <Picture servers={servers} share={share} chosen={from} decides={verdict.rule} choose={setTyped} />
      <div className={styles.question}>
        <label htmlFor={`${id}-from`}>From the address</label>
        <input
          id={`${id}-from`}
          list={`${id}-servers`}
          value={from}
          onChange={(event) => setTyped(event.target.value.trim())}
          autoComplete="off"
          spellCheck={false}
        />
        <datalist id={`${id}-servers`}>
          {servers.map(({ name, address }) => (
            <option key={address} value={address}>
              {name}
            </option>
          ))}
        </datalist>
        <span>mount</span>
        <select aria-label="Share" value={share.id} onChange={(event) => setShareId(event.target.value)}>
          {shares.map(({ id: each, name, protocol }) => (
            <option key={each} value={each}>
              {name} ({protocol})
            </option>
          ))}
        </select>
      </div>
      <p className={styles.verdict} data-access={verdict.access} role="status">
        <strong>
          {server ? `${server.name} (${from})` : from || 'Nobody'} {inWords(verdict)}.
        </strong>{' '}
        {verdict.why}
      </p>
    </>
  );
}

/** “reads only, by the rule for 10.0.0.0/24” */
function inWords({ access, rule }: Verdict): string {
  return rule ? `${WORDS[access]}, by the rule for ${rule.access_to}` : WORDS[access];
}

interface PictureProps {
  servers: SharesAndServers['servers'];
  share: ShareView;
  chosen: string;
  /** The rule that decides for the chosen address. */
  decides: Rule | undefined;
  choose: (address: string) => void;
}

/** The servers, the share with its rules, and a line for each server that may mount it: a list that can be read aloud too. */
function Picture({ servers, share, chosen, decides, choose }: PictureProps) {
  return (
    <figure className={styles.picture}>
      <div className={styles.both}>
        <ul className={styles.servers} aria-label={`Who can mount ${share.name}`}>
          {servers.map(({ name, address, floating }) => {
            const verdict = verdictFor(share, address);
            const { access, rule } = verdict;
            return (
              <li key={address}>
                <button
                  type="button"
                  className={styles.server}
                  aria-pressed={address === chosen}
                  onClick={() => choose(address)}
                >
                  <strong>{name}</strong> <span>{address}</span>
                  {floating && <em> floating IP</em>}
                </button>
                <span className={styles.spoken}>{inWords(verdict)}</span>
                <span className={styles.line} data-access={access} aria-hidden="true">
                  {rule ? `${access} · ${rule.access_to}` : 'no way in'}
                </span>
              </li>
            );
          })}
          {servers.length === 0 && <li className={styles.quiet}>No server yet.</li>}
        </ul>
        <div className={styles.share}>
          <strong>{share.name}</strong>
          <span className={styles.quiet}>
            {share.protocol} share, {share.status}
          </span>
          <ul aria-label={`Access rules of ${share.name}`}>
            {share.rules.map((rule) => (
              <li key={`${rule.access_type} ${rule.access_to}`} data-decides={rule === decides || undefined}>
                {rule.access_level} · {rule.access_to}
                {rule.access_type !== 'ip' && ` (${rule.access_type})`}
                {rule.state !== 'active' && `: ${rule.state}`}
              </li>
            ))}
            {share.rules.length === 0 && <li>no access rule</li>}
          </ul>
        </div>
      </div>
      <figcaption>
        <span data-access="rw">thick: reads and writes</span>
        <span data-access="ro">dashed: reads only</span>
        <span>no line: cannot mount it</span>
      </figcaption>
    </figure>
  );
}
