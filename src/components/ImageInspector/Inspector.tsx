import React, { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { inspectImage, type Inspection } from '../../disk-image/inspect';
import { REAL_SAMPLES, realSample } from '../../disk-image/real-samples';
import { SAMPLE_IMAGES } from '../../disk-image/samples';
import Result from './Result';
import { size as sizeInWords } from './words';
import styles from './styles.module.css';

/** Samples that a cloud refuses, and says why. */
const UNSAFE = ['points-to-a-host-file.qcow2', 'data-elsewhere.qcow2', 'flat.vmdk', 'locked.luks'];
const SAMPLES = [...Object.keys(SAMPLE_IMAGES), ...REAL_SAMPLES];

type State =
  | { status: 'empty' }
  | { status: 'reading'; name: string }
  | { status: 'failed'; name: string }
  | { status: 'done'; inspection: Inspection; milliseconds: number };

async function sampleFile(name: string): Promise<Blob> {
  return new Blob([SAMPLE_IMAGES[name]?.() ?? (await realSample(name))]);
}

/** Drop a file, or pick one, and see what it is. */
export default function Inspector() {
  const [state, setState] = useState<State>({ status: 'empty' });
  const [over, setOver] = useState(false);
  const latest = useRef(0);

  const look = async (name: string, open: () => Blob | Promise<Blob>) => {
    const turn = ++latest.current;
    setState({ status: 'reading', name });
    let next: State;
    try {
      const file = await open();
      const start = performance.now();
      const inspection = await inspectImage(file, name);
      next = { status: 'done', inspection, milliseconds: performance.now() - start };
    } catch {
      next = { status: 'failed', name };
    }
    if (turn === latest.current) setState(next);
  };
  const lookAt = (file: File | undefined) => file && void look(file.name, () => file);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    lookAt(event.dataTransfer.files[0]);
  };

  return (
    <section
      className={styles.inspector}
      aria-label="Image inspector"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={over ? `${styles.choose} ${styles.over}` : styles.choose}>
        <label className={styles.pick}>
          <span>Drop a file here, or choose one</span>
          <input type="file" onChange={({ currentTarget }) => lookAt(currentTarget.files?.[0])} />
        </label>
        <label className={styles.pick}>
          <span>Or look into a sample</span>
          <select
            defaultValue=""
            onChange={({ currentTarget: { value } }) =>
              value !== '' && void look(value, () => sampleFile(value))
            }
          >
            <option value="">Choose…</option>
            <optgroup label="Disks of every kind">
              {SAMPLES.filter((name) => !UNSAFE.includes(name)).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </optgroup>
            <optgroup label="What no cloud takes">
              {UNSAFE.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </optgroup>
          </select>
        </label>
        <p className={styles.private}>
          Nothing leaves your browser. The file is read here, and only its headers: 4 MiB at most, however
          large it is.
        </p>
      </div>
      <p role="status" className={styles.status}>
        {statusOf(state)}
      </p>
      {state.status === 'failed' && (
        <p role="alert">
          Your browser cannot read {state.name}. Was it moved or changed, or is it a folder? Choose it again.
        </p>
      )}
      {state.status === 'done' && <Result inspection={state.inspection} />}
    </section>
  );
}

function statusOf(state: State): string {
  if (state.status === 'reading') return `Reading ${state.name}…`;
  if (state.status !== 'done') return '';
  const { inspection, milliseconds } = state;
  return `${inspection.file}: read ${sizeInWords(inspection.bytesRead)} of ${sizeInWords(inspection.size)} in ${Math.max(1, Math.round(milliseconds))} ms`;
}
