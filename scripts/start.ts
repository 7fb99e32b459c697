/** `npm start`: the course on http://localhost:3000, or on the port that PORT names. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const docusaurus = createRequire(import.meta.url).resolve('@docusaurus/core/bin/docusaurus.mjs');
const port = process.env.PORT ?? '3000';
const nobodyLooks = Boolean(process.env.CI) || !process.stdout.isTTY;
const options = ['start', '--port', port, ...(nobodyLooks ? ['--no-open'] : []), ...process.argv.slice(2)];

const child = spawn(process.execPath, [docusaurus, ...options], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
