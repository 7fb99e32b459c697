/**
 * Records what the real `file` says of disk images and texts, for `npm test`:
 *
 *     npx tsx real-cloud/record-file.ts
 *
 * NOVA_ROOT names a root with file, xz-utils, bzip2 and qemu-utils in it (default: that of `npm run real-cloud -- up`).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { REAL_SAMPLES, realSample } from '../src/disk-image/real-samples';
import { homeFiles } from '../src/shell/home';
import { root } from './nova-root';

const MAKE = `
set -e
printf '' >empty
printf x >one-byte
printf 'some words' >no-newline
printf 'a line\\r\\nanother\\r\\n' >crlf
printf 'a line\\r\\nanother\\n' >mixed
printf 'old\\rMac\\rlines\\r' >cr
printf 'Zürich\\n' >utf8
printf '\\357\\273\\277Zürich\\n' >bom
printf 'Z\\374rich\\n' >latin1
printf 'Z\\201rich\\n' >cp437
head -c 1000 /dev/zero | tr '\\0' a >long-line
printf '\\033[1mbold\\033[0m\\n' >escapes
printf '#!/bin/bash\\necho\\n' >script.bash
printf '#!/usr/bin/env bash\\necho\\n' >script.env
printf '#!/bin/sh\\necho\\n' >script.sh
printf '#!/usr/bin/env python3\\nprint(1)\\n' >script.py
printf '#!/usr/bin/python3\\nprint(1)\\n' >script2.py
printf '{"name": "web"}\\n' >object.json
printf '[1, 2]' >list.json
printf '12\\n' >number.json
printf '{broken\\n' >broken.json
printf 'ID,Name,Status\\n1,web,active\\n2,db,active\\n' >table.csv
printf 'ID,Name\\n1,web\\n2,db\\n' >two.csv
printf '<?xml version="1.0"?>\\n<a/>\\n' >a.xml
printf '%s\\n' '-----BEGIN OPENSSH PRIVATE KEY-----' 'b3Blbn' '-----END OPENSSH PRIVATE KEY-----' >key.pem
printf '%s\\n' '-----BEGIN PRIVATE KEY-----' 'b3Blbn' '-----END PRIVATE KEY-----' >key8.pem
printf '%s\\n' '-----BEGIN RSA PRIVATE KEY-----' 'b3Blbn' '-----END RSA PRIVATE KEY-----' >rsa.pem
printf 'ssh-rsa AAAAB3 learner@host\\n' >rsa.pub
printf 'ssh-ed25519 AAAAC3 learner@host\\n' >ed25519.pub
head -c 3000 /dev/zero >zeros
printf '\\001\\002\\003\\004' >bytes
tar --format=ustar -cf ustar.tar --mtime=@0 --owner=0 --group=0 utf8
tar --format=gnu -cf gnu.tar --mtime=@0 --owner=0 --group=0 utf8
tar --format=v7 -cf v7.tar --mtime=@0 --owner=0 --group=0 utf8
tar --format=pax -cf pax.tar --mtime=@0 --owner=0 --group=0 utf8
gzip -n -c utf8 >plain.gz
TZ=UTC touch -d @1795000000 named && gzip -c named >time.gz && cp named renamed && touch -d @1795000000 renamed && gzip -9 -c renamed >best.gz && gzip -1 -c renamed >fast.gz && gzip -k renamed && rm renamed named
xz -c utf8 >crc64.xz
xz -C crc32 -c utf8 >crc32.xz
xz -C none -c utf8 >none.xz
bzip2 -c utf8 >utf8.bz2
printf '\\050\\265\\057\\375\\004\\000\\001\\000\\000' >plain.zst
printf '\\050\\265\\057\\375\\044\\003\\031\\000\\000abc' >sized.zst
printf '070701%0200d' 0 >new.cpio
printf '070702%0200d' 0 >crc.cpio
printf '070707%0200d' 0 >odc.cpio
qemu-img create -q -f qcow2 -o compat=0.10 old.qcow2 1G
qemu-img create -q -f qcow2 -u -b base.qcow2 -F qcow2 overlay.qcow2 2T
qemu-img create -q -f qcow first.qcow 5G
qemu-img create -q -f qed disk.qed 1M
qemu-img create -q -f vdi disk.vdi 4M
qemu-img create -q -f vpc disk.vhd 4M
qemu-img create -q -f vmdk disk.vmdk 4M
head -c 70 disk.vdi >cut.vdi
head -c 20 old.qcow2 >cut.qcow2
head -c 600 disk.vhd >cut.vhd
mkdir folder
`;

const FORMS = [[], ['--mime-type'], ['-i'], ['--mime-encoding'], ['-b']];

const folder = mkdtempSync(path.join(root, 'tmp/file-'));
const inside = root === '/' ? folder : folder.slice(root.length);
const inRoot = (words: readonly string[]): [string, readonly string[]] => {
  const [first = '', ...rest] = root === '/' ? words : ['chroot', root, ...words];
  return [first, rest];
};
try {
  execFileSync(...inRoot(['sh', '-c', `cd ${inside}\n${MAKE}`]), { stdio: 'inherit' });
  const made = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const files = Object.fromEntries(
    made
      .filter(({ name }) => statSync(path.join(folder, name)).size <= 2 ** 20)
      .map(({ name }) => [
        name,
        deflateRawSync(readFileSync(path.join(folder, name)), { level: 9 }).toString('base64'),
      ]),
  );
  const samples = await writeSamples();
  const lines = [
    ...FORMS.flatMap((words) => [...Object.keys(files), ...samples].map((name) => [...words, name])),
    Object.keys(files),
    ['folder'],
    ['nosuch'],
    ['nosuch', 'utf8', 'a.xml'],
    ['-E', 'utf8', 'nosuch'],
    ['-F', ' is', 'utf8'],
    ['-N', 'utf8', 'a.xml'],
    [],
    ['-x', 'utf8'],
    ['--nosuch', 'utf8'],
    ['-F'],
    ['--version'],
  ];
  const runs = lines.map((args) => ({ args, ...real(args) }));
  const target = path.join(import.meta.dirname, '../src/cli/file/testing/recorded.json');
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `${JSON.stringify({ files, runs })}\n`);
  console.log(`${Object.keys(files).length} files beside the samples, ${runs.length} runs`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Those of `~/formats`, and of the home folder; answers their names. */
async function writeSamples(): Promise<string[]> {
  const names: string[] = [...REAL_SAMPLES];
  for (const name of REAL_SAMPLES) writeFileSync(path.join(folder, name), await realSample(name));
  for (const [name, content] of Object.entries(homeFiles('https://openstack.example/identity'))) {
    const data =
      typeof content === 'function'
        ? await content()
        : typeof content === 'object' && 'content' in content
          ? content.content
          : content;
    names.push(path.basename(name));
    writeFileSync(path.join(folder, path.basename(name)), data);
  }
  return names;
}

function real(args: readonly string[]) {
  const command = inRoot(['sh', '-c', `cd ${inside} && exec file "$@"`, 'sh', ...args]);
  const { stdout, stderr, status } = spawnSync(...command, {
    encoding: 'utf8',
    input: '',
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  return { stdout, stderr, exitCode: status ?? -1 };
}
