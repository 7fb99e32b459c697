import React from 'react';
import type { Inspection } from '../../disk-image/inspect';
import CopyButton from '../Session/CopyButton';
import ScrollBox from '../ScrollBox';
import FilePicture from './FilePicture';
import { label, lines, sentence } from './words';
import styles from './styles.module.css';

/** What the inspector found, from the verdicts to the last number of the header. */
export default function Result({ inspection }: { inspection: Inspection }) {
  const { file, glance, nova, unsafe, advice, details, layout, size } = inspection;
  return (
    <div className={styles.result}>
      <p className={styles.sentence}>
        <strong>{file}</strong> {sentence(inspection)}
      </p>
      <dl className={styles.verdicts}>
        <Verdict
          service="Glance"
          good={glance.accepted}
          word={glance.accepted ? 'takes it' : 'refuses it, with 415'}
        >
          {glance.accepted ? 'declare' : 'declared'} <code>{glance.diskFormat}</code> in{' '}
          <code>{glance.containerFormat}</code>. {glance.reason}.
        </Verdict>
        <Verdict service="Nova on KVM" good={nova.accepted} word={nova.accepted ? 'takes it' : 'refuses it'}>
          {nova.reason}.
        </Verdict>
      </dl>
      {unsafe.length > 0 && (
        <div className={styles.unsafe}>
          <h2>What is wrong with it</h2>
          <ul>
            {unsafe.map(({ check, reason, advisories }) => (
              <li key={check + reason}>
                {reason} (<code>{check}</code>)
                {advisories.length > 0 && (
                  <>
                    . Known from{' '}
                    {advisories.map(({ id, cve, title, url }, i) => (
                      <React.Fragment key={id}>
                        {i > 0 && ', '}
                        <a href={url} title={title}>
                          {id === cve ? id : `${id} (${cve})`}
                        </a>
                      </React.Fragment>
                    ))}
                  </>
                )}
                .
              </li>
            ))}
          </ul>
        </div>
      )}
      <h2>What to do</h2>
      <ol className={styles.advice}>
        {advice.map(({ text, command }) => (
          <li key={text + (command ?? '')}>
            <p>{text}</p>
            {command !== undefined && (
              <div className={styles.command}>
                <ScrollBox as="pre" label={text} className={styles.line}>
                  <code>{command}</code>
                </ScrollBox>
                <CopyButton text={command} label={command} />
              </div>
            )}
          </li>
        ))}
      </ol>
      <h2>What lies where</h2>
      <FilePicture parts={layout} size={size} />
      <h2>What the header says</h2>
      <dl className={styles.details}>
        {Object.entries(details).map(([name, value]) => (
          <div key={name}>
            <dt>{label(name)}</dt>
            <dd>
              {lines(name, value).map((line, i) => (
                <span key={i}>{line}</span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Verdict({
  service,
  good,
  word,
  children,
}: {
  service: string;
  good: boolean;
  word: string;
  children: React.ReactNode;
}) {
  return (
    <div data-good={good}>
      <dt>{service}</dt>
      <dd>
        <strong>{word}</strong>: {children}
      </dd>
    </div>
  );
}
