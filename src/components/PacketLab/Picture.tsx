import React from 'react';
import shared from '../Lab/styles.module.css';
import type { LabCase, LabServer } from './case';
import type { Outcome, Step } from './decide';
import styles from './styles.module.css';

interface Props {
  labCase: LabCase;
  outcome: Outcome;
  onChange: (labCase: LabCase) => void;
}

/** The network: outside, routers, networks and the servers in them, and where the packet came through. */
export default function Picture({ labCase, outcome, onChange }: Props) {
  const { networks, routers, servers } = labCase;
  const loose = networks.filter(({ router }) => router === '');
  return (
    <section aria-labelledby="packet-network">
      <h3 id="packet-network" className={shared.heading}>
        The network
      </h3>
      <div className={styles.picture}>
        <Outside labCase={labCase} outcome={outcome} />
        <ul className={styles.routers}>
          {routers.map((router) => (
            <li key={router.name} className={styles.branch} data-linked={router.outside !== ''}>
              <p className={styles.node} data-on={isOnWay(outcome, router.name) ? 'way' : undefined}>
                <strong>{router.name}</strong>
                <span>{router.outside === '' ? 'no way out' : router.outside}</span>
              </p>
              <Networks
                networks={networks.filter((network) => network.router === router.name)}
                {...{ servers, labCase, outcome, onChange }}
              />
            </li>
          ))}
          {loose.length > 0 && (
            <li className={styles.branch} data-linked="none">
              <Networks networks={loose} {...{ servers, labCase, outcome, onChange }} />
            </li>
          )}
        </ul>
      </div>
    </section>
  );
}

function isOnWay(outcome: Outcome, router: string): boolean {
  return outcome.kind !== 'unreachable' && outcome.route.routers.some(({ name }) => name === router);
}

function Outside({ labCase, outcome }: Pick<Props, 'labCase' | 'outcome'>) {
  const { traffic, outside } = labCase;
  const on = traffic.from === '' ? 'from' : traffic.to === '' ? 'to' : undefined;
  return (
    <p className={styles.node} data-on={on} data-outcome={outcome.kind}>
      <strong>outside</strong>
      <span>{outside[traffic.ethertype]}</span>
      {on !== undefined && <Role on={on} />}
    </p>
  );
}

function Role({ on }: { on: 'from' | 'to' }) {
  return <span className={styles.role}>{on === 'from' ? 'sends' : 'gets it'}</span>;
}

interface NetworksProps extends Props {
  networks: LabCase['networks'];
  servers: LabCase['servers'];
}

function Networks({ networks, servers, labCase, outcome, onChange }: NetworksProps) {
  return (
    <ul className={styles.networks}>
      {networks.map(({ name, router }) => (
        <li key={name} className={styles.network}>
          <div className={styles.networkBox}>
            <p className={styles.networkName}>
              {name}
              {router === '' && <span className={styles.quiet}>, no router</span>}
            </p>
            <ul className={styles.servers}>
              {servers
                .filter(({ network }) => network === name)
                .map((server) => (
                  <li key={server.name}>
                    <Server {...{ server, labCase, outcome, onChange }} />
                  </li>
                ))}
            </ul>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Server({ server, labCase, outcome, onChange }: Props & { server: LabServer }) {
  const { traffic } = labCase;
  const on = traffic.from === server.name ? 'from' : traffic.to === server.name ? 'to' : undefined;
  const steps = outcome.kind === 'unreachable' ? [] : outcome.steps.filter((step) => step.server === server);
  const set = (change: Partial<typeof traffic>) =>
    onChange({ ...labCase, traffic: { ...traffic, ...change } });
  return (
    <div className={styles.server} data-on={on} data-server={server.name}>
      <p className={styles.serverHead}>
        <strong>{server.name}</strong>
        {on !== undefined && <Role on={on} />}
      </p>
      <ul className={styles.facts} aria-label={`Addresses and groups of ${server.name}`}>
        {server.addresses.map((address) => (
          <li key={address}>
            <code>{address}</code>
          </li>
        ))}
        {server.floating !== '' && (
          <li>
            <code>{server.floating}</code> floating
          </li>
        )}
        <li>{server.portSecurity ? server.groups.join(', ') || 'no group' : 'port security off'}</li>
      </ul>
      {steps.map((step) => (
        <Gate key={step.at} step={step} />
      ))}
      <p className={styles.serverFoot}>
        <button
          type="button"
          className={shared.button}
          aria-pressed={on === 'from'}
          aria-label={`Send from ${server.name}`}
          onClick={() => set({ from: server.name, ...(on === 'to' ? { to: traffic.from } : {}) })}
        >
          From
        </button>
        <button
          type="button"
          className={shared.button}
          aria-pressed={on === 'to'}
          aria-label={`Send to ${server.name}`}
          onClick={() => set({ to: server.name, ...(on === 'from' ? { from: traffic.to } : {}) })}
        >
          To
        </button>
      </p>
    </div>
  );
}

const GATES = { out: 'out', in: 'in', answerOut: 'answer out', answerIn: 'answer in' } as const;

function Gate({ step: { at, verdict } }: { step: Step }) {
  return (
    <p className={styles.gate} data-accepted={verdict.accepted}>
      <span aria-hidden="true">{verdict.accepted ? '✓' : '✗'}</span> {GATES[at]}
      <span className={shared.hiddenText}>: {verdict.accepted ? 'passes' : 'dropped'}</span>
    </p>
  );
}
