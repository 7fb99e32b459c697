/**
 * Our command line against a real cloud, driven from outside as `terminal.py` is: reads {"source": ...} a line and
 * answers {"output": ..., "exitCode": ...}; {"authUrl": ..., "login": ..., "samples": ...} makes a new shell.
 * Where a command waits for the cloud it asks more often than a reader's would, as the real one in zygote.py does.
 */
import { createInterface } from 'node:readline';
import { realShell } from '../src/shell/real';
import { homeFiles, sampleFiles, type Login } from '../src/shell/home';
import type { BashShell } from '../src/shell/bash-shell';

type Message = { source: string } | { authUrl: string; login?: Login; samples?: string };

let shell: BashShell | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as Message; // ways.ts wrote it
  if ('authUrl' in message) {
    const { authUrl, login, samples } = message;
    const files = { ...homeFiles(authUrl, login), ...(await sampleFiles(samples)) };
    shell = realShell({ authUrls: [authUrl], files, env: { OS_CLOUD: 'demo' }, longestWait: 500 });
    console.log('{}');
  } else if (shell) {
    const { terminal, exitCode } = await shell.run(message.source);
    console.log(JSON.stringify({ output: terminal, exitCode }));
  }
}
