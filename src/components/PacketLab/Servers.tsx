import React from 'react';
import { TextField, Tick } from '../Lab/fields';
import shared from '../Lab/styles.module.css';
import { parseNetwork } from '../../cloud/network/ip';
import type { LabCase, LabServer } from './case';
import styles from './styles.module.css';

interface Props {
  labCase: LabCase;
  onChange: (labCase: LabCase) => void;
}

/** The servers' ports: which groups they are in, and what else decides there. */
export default function Servers({ labCase, onChange }: Props) {
  const { servers, groups } = labCase;
  const set = (server: LabServer, change: Partial<LabServer>) =>
    onChange({
      ...labCase,
      servers: servers.map((each) => (each === server ? { ...server, ...change } : each)),
    });
  const kindOf = (name: string) => groups.find((group) => group.name === name)?.stateful;
  return (
    <section aria-labelledby="packet-ports">
      <h3 id="packet-ports" className={shared.heading}>
        The ports
      </h3>
      <div className={shared.cards}>
        {servers.map((server) => {
          const kinds = new Set(server.groups.map(kindOf));
          return (
            <div
              key={server.name}
              className={shared.panel}
              role="group"
              aria-label={`Port of ${server.name}`}
            >
              <h4 className={shared.subheading}>
                <code>{server.name}</code>
              </h4>
              <fieldset className={shared.members} disabled={!server.portSecurity}>
                <legend>Groups</legend>
                {groups.map(({ name }) => (
                  <Tick
                    key={name}
                    checked={server.groups.includes(name)}
                    onChange={(checked) =>
                      set(server, {
                        groups: checked
                          ? [...server.groups, name]
                          : server.groups.filter((each) => each !== name),
                      })
                    }
                  >
                    {name}
                  </Tick>
                ))}
              </fieldset>
              {server.portSecurity && kinds.size > 1 && (
                <p className={shared.error} role="alert">
                  neutron refuses stateful and stateless groups at one port. Here the first one decides.
                </p>
              )}
              <Tick checked={server.portSecurity} onChange={(portSecurity) => set(server, { portSecurity })}>
                port security
              </Tick>
              <details className={styles.more}>
                <summary>
                  Addresses<span className={shared.hiddenText}> of {server.name}</span>
                </summary>
                <Addresses
                  label="Its own"
                  addresses={server.addresses}
                  onChange={(addresses) => set(server, { addresses })}
                />
                <Addresses
                  label="Allowed address pairs"
                  addresses={server.pairs}
                  onChange={(pairs) => set(server, { pairs })}
                />
              </details>
            </div>
          );
        })}
      </div>
    </section>
  );
}

interface AddressesProps {
  label: string;
  addresses: readonly string[];
  onChange: (addresses: readonly string[]) => void;
}

/** Addresses with spaces between them. While one is typed that is none, those before hold. */
function Addresses({ label, addresses, onChange }: AddressesProps) {
  const [draft, setDraft] = React.useState<string>();
  const own = addresses.join(' ');
  const wrong = draft?.split(/[\s,]+/).find((each) => each !== '' && !parseNetwork(each));
  const same =
    draft
      ?.split(/[\s,]+/)
      .filter(Boolean)
      .join(' ') === own;
  return (
    <TextField
      label={label}
      value={draft !== undefined && (wrong !== undefined || same) ? draft : own}
      error={wrong === undefined ? undefined : `“${wrong}” is no address.`}
      onChange={(text) => {
        setDraft(text);
        const words = text.split(/[\s,]+/).filter(Boolean);
        if (words.every((word) => parseNetwork(word))) onChange(words);
      }}
    />
  );
}
