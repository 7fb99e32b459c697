import React from 'react';
import { asCurl, FILE } from '../../shell/as-curl';
import type { Exchange, ExchangeBody } from '../../shell/exchange';
import { PASSWORD, SECRET, TOKEN } from '../../shell/secret-mask';
import CopyButton from '../Session/CopyButton';
import Output from '../Terminal/Output';
import styles from './styles.module.css';

/** What a copied request has in place of something, and where the reader gets that. */
const standIns = [
  {
    name: TOKEN,
    note: (
      <>
        a token: <code>TOKEN=$(openstack token issue -f value -c id)</code>
      </>
    ),
  },
  {
    name: PASSWORD,
    note: (
      <>
        your password: <code>source demo-openrc</code> first
      </>
    ),
  },
  { name: SECRET, note: 'a secret: put your own here' },
  { name: FILE, note: 'the data: put your file’s name after the @' },
];

/** The HTTP requests behind one command, in order; each opens to what was sent and what came back. */
export default function Requests({ exchanges }: { exchanges: readonly Exchange[] }) {
  const count = exchanges.length === 1 ? '1 request' : `${exchanges.length} requests`;
  return (
    // the terminal is read out as it grows; opening a request is no news
    <div className={styles.requests} role="group" aria-label={count} aria-live="off">
      <p className={styles.count} aria-hidden="true">
        {count}
      </p>
      <ol className={styles.list}>
        {exchanges.map((exchange, i) => (
          <Request key={i} exchange={exchange} />
        ))}
      </ol>
    </div>
  );
}

function Request({ exchange }: { exchange: Exchange }) {
  const { method, url, status, error, requestBody, responseBody } = exchange;
  const { pathname, search } = new URL(url);
  const curl = asCurl(exchange);
  return (
    <li className={styles.request}>
      <details className={styles.details}>
        <summary className={styles.summary}>
          <span className={styles.method}>{method}</span>{' '}
          <span className={styles.path}>
            {pathname}
            {search}
          </span>{' '}
          <span className={styles.status} data-failed={(status ?? 600) >= 400}>
            {status ?? 'no answer'}
          </span>
        </summary>
        <dl className={styles.parts}>
          <dt>URL</dt>
          <dd className={styles.url}>{url}</dd>
          <dt>Sent</dt>
          <dd>
            <Body body={requestBody} label="Body of the request" />
          </dd>
          <dt>Came back</dt>
          <dd>
            {error === undefined ? (
              <Body body={responseBody} label="Body of the answer" />
            ) : (
              <p className={styles.note}>{error}</p>
            )}
          </dd>
        </dl>
        {standIns
          .filter(({ name }) => curl.includes(name))
          .map(({ name, note }) => (
            <p key={name} className={styles.note}>
              <code>{name}</code> stands for {note}
            </p>
          ))}
      </details>
      <CopyButton text={curl} name="Copy as curl" label={`${method} ${pathname}`} className={styles.copy} />
    </li>
  );
}

function Body({ body, label }: { body: ExchangeBody | undefined; label: string }) {
  if (body === undefined) return <p className={styles.note}>no body</p>;
  if ('text' in body) return <Output text={pretty(body.text)} label={label} clipAt={60} />;
  const size = body.bytes === undefined ? 'data' : `${body.bytes.toLocaleString('en')} bytes`;
  return (
    <p className={styles.note}>
      {size}
      {body.type === '' ? '' : ` of ${body.type}`}
    </p>
  );
}

/** JSON on many lines; any other text as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text.trimEnd();
  }
}
