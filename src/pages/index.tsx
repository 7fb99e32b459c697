import React from 'react';
import clsx from 'clsx';
import Link from '@docusaurus/Link';
import Layout from '@theme/Layout';
import MDXContent from '@theme/MDXContent';
import FirstCommand from '@site/docs/_home.md';
import styles from './index.module.css';

const lessons = [
  [
    'What an image is',
    '/day-3/what-an-image-is/',
    'Image, appliance, snapshot; formats; why a cloud needs them.',
  ],
  ['Image formats', '/day-3/image-formats/', 'Every format: recognise it, convert it, upload it.'],
  ['Image inspector', '/day-3/image-inspector/', 'Drop any file, and see what it is. It stays with you.'],
  ['Upload an image', '/day-3/upload-an-image/', 'From queued to active, and proof that it arrived intact.'],
  [
    'Look at an image, and change it',
    '/day-3/look-at-and-change-an-image/',
    'List, filter, describe, tag, share.',
  ],
  ['Delete an image', '/day-3/delete-an-image/', 'For good. What protects you, and what does not.'],
  [
    'The API behind the commands',
    '/day-3/the-api-behind-the-commands/',
    'What the commands say to the cloud, said by yourself.',
  ],
  ['Image metadata', '/day-3/image-metadata/', 'Properties: who reads them, and what a misspelt one costs.'],
  [
    'Metadata and the scheduler',
    '/day-3/metadata-and-scheduler/',
    'How a property decides where a server lands.',
  ],
  ['Scheduler lab', '/day-3/scheduler-lab/', 'See every host pass or fall, and why.'],
  ['Volumes from images', '/day-3/volumes-from-images/', 'A disk that outlives its server, and back.'],
  ['Get images', '/day-3/getting-images/', 'Ready-made ones: check, upload, log in, replace.'],
] as const;

export default function Home() {
  return (
    <Layout
      title="A course in which every command runs"
      description="Learn OpenStack in four days of one hour. Every command runs in your browser: nothing to install, nothing to break."
    >
      <main className={styles.main}>
        <header className={styles.hero}>
          <h1>Learn OpenStack in 4 Hours</h1>
          <p className={styles.lead}>
            A course in which every command runs. You read, press Run, and a small OpenStack cloud in your
            browser answers as a real one does. Nothing to install, no account, nothing you can break.
          </p>
          <p>
            <Link className={clsx(styles.start)} to="/day-3/">
              Start Day 3: images
            </Link>
          </p>
        </header>

        <section className={styles.try} aria-labelledby="try">
          <h2 id="try">Try it here</h2>
          <p>Which images does your cloud have?</p>
          <div className="markdown">
            <MDXContent>
              <FirstCommand />
            </MDXContent>
          </div>
        </section>

        <section aria-labelledby="lessons">
          <h2 id="lessons">Day 3, lesson by lesson</h2>
          <ol className={styles.lessons}>
            {lessons.map(([title, to, text]) => (
              <li key={to}>
                <Link to={to}>{title}</Link>
                <span>{text}</span>
              </li>
            ))}
          </ol>
          <p className={styles.note}>
            Day 3 is the first day that is written. More of it, and the other three days, follow.
          </p>
        </section>

        <section aria-labelledby="why">
          <h2 id="why">Why you can trust it</h2>
          <ul className={styles.reasons}>
            <li>
              <strong>Every output is tested.</strong> What a page shows below a command is what came back
              when the tests ran it, to the letter.
            </li>
            <li>
              <strong>The words are OpenStack’s own.</strong> Commands, tables and error messages are those of
              the real <code>openstack</code> 7.4.0 and <code>glance</code> 4.8.0 clients.
            </li>
            <li>
              <strong>Mistakes are part of it.</strong> Each lesson runs what can go wrong too, and says how
              to read the answer.
            </li>
          </ul>
        </section>
      </main>
    </Layout>
  );
}
