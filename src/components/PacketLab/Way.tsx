import React from 'react';
import shared from '../Lab/styles.module.css';
import type { LabCase } from './case';
import type { Outcome, Step } from './decide';
import type { Route } from './route';
import { packetWords, reasonOf, titleOf } from './sentence';
import styles from './styles.module.css';

/** What happened at each port, in order, and which rule decided. */
export default function Way({ labCase, outcome }: { labCase: LabCase; outcome: Outcome }) {
  return (
    <section aria-labelledby="packet-way">
      <h3 id="packet-way" className={shared.heading}>
        The way
      </h3>
      {outcome.kind === 'unreachable' ? (
        <p>No port is reached, so no security group is asked.</p>
      ) : (
        <ol className={styles.way}>
          {outcome.steps.map((step) => (
            <React.Fragment key={step.at}>
              {step.at === 'in' && <Translation route={outcome.route} />}
              <StepItem step={step} labCase={labCase} />
              {step.at === 'out' && step.verdict.accepted && !outcome.route.to && (
                <Translation route={outcome.route} />
              )}
            </React.Fragment>
          ))}
        </ol>
      )}
    </section>
  );
}

/** What a router made of the addresses, if it changed them. */
function Translation({ route: { source, destination, translated, routers } }: { route: Route }) {
  const changes = [
    ...(translated.source === source ? [] : [`the source ${source} becomes ${translated.source}`]),
    ...(translated.destination === destination ? [] : [`${destination} becomes ${translated.destination}`]),
  ];
  if (changes.length === 0) return null;
  return (
    <li className={styles.step} data-leg="router">
      <p className={styles.stepHead}>
        <strong>At {routers.map(({ name }) => name).join(' and ')}</strong>
      </p>
      <p>{sentenceCase(changes.join(', and '))}. Rules at the next port see these addresses.</p>
    </li>
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function StepItem({ step, labCase }: { step: Step; labCase: LabCase }) {
  const { verdict, packet, asked, at } = step;
  return (
    <li className={styles.step} data-leg={at} data-accepted={verdict.accepted}>
      <p className={styles.stepHead}>
        <strong>{titleOf(step)}</strong>
        <span className={styles.verdict}>{verdict.accepted ? 'passes' : 'dropped'}</span>
        <span className={styles.quiet}>
          {packetWords(packet)}, {packet.source} → {packet.destination}
        </span>
      </p>
      <p data-reason="">{reasonOf(step, labCase)}</p>
      {asked.length > 0 && (
        <details key={verdict.by} className={styles.asked} open={verdict.by === 'no-rule'}>
          <summary>
            {asked.length === 1 ? 'The one rule' : `The ${asked.length} rules`} for this direction
            <span className={shared.hiddenText}>: {titleOf(step)}</span>
          </summary>
          <ul>
            {asked.map(({ group, rule, why, decides }, i) => (
              <li key={i} data-matches={why === ''}>
                <strong>{group}</strong>: {rule}
                {decides ? '. This one decides.' : why === '' ? '. It would do as well.' : `. No: ${why}.`}
              </li>
            ))}
          </ul>
        </details>
      )}
      {step.elsewhere.map((sentence) => (
        <p key={sentence} className={styles.elsewhere}>
          <strong>Elsewhere:</strong> {sentence}
        </p>
      ))}
    </li>
  );
}
