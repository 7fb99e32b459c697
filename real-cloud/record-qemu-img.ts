/**
 * Records what the real qemu-img says of small disks that it made itself, for `npm test`:
 *
 *     npx tsx real-cloud/record-qemu-img.ts
 *
 * NOVA_ROOT as for compare-qemu-img.ts.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { root } from './nova-root';

const MAKE = `
set -e
python3 -c 'print("boot" * 2000 + "\\0" * 150000 + "".join(chr(65 + i * i % 57) for i in range(70000)), end="")' > disk.raw
truncate -s 1M disk.raw
qemu-img convert -f raw -O qcow2 disk.raw plain.qcow2
qemu-img convert -f raw -O qcow2 -c disk.raw compressed.qcow2
qemu-img convert -f raw -O qcow2 -o compat=0.10,cluster_size=512 disk.raw old.qcow2
qemu-img convert -f raw -O qcow2 -o extended_l2=on,lazy_refcounts=on,refcount_bits=8 disk.raw extended.qcow2
for subformat in monolithicSparse streamOptimized monolithicFlat; do qemu-img convert -f raw -O vmdk -o subformat=$subformat disk.raw $subformat.vmdk; done
qemu-img convert -f raw -O vdi disk.raw disk.vdi
qemu-img convert -f raw -O vpc -o force_size=on disk.raw disk.vpc
qemu-img convert -f raw -O vpc -o subformat=fixed,force_size=on disk.raw fixed.vpc
qemu-img convert -f raw -O vhdx -o block_size=1M disk.raw disk.vhdx
qemu-img create -q -f qcow2 -b plain.qcow2 -F qcow2 overlay.qcow2
qemu-img create -q -f qcow2 snapshots.qcow2 1M
qemu-img snapshot -c first snapshots.qcow2
cp plain.qcow2 leaked.qcow2
printf '\\000\\002' | dd of=leaked.qcow2 bs=1 seek=131076 conv=notrunc 2>/dev/null
cp plain.qcow2 corrupt.qcow2
printf '\\000\\000' | dd of=corrupt.qcow2 bs=1 seek=131082 conv=notrunc 2>/dev/null
head -c 100000 plain.qcow2 > cut.qcow2
head -c 2000 disk.vdi > cut.vdi
head -c 600 streamOptimized.vmdk > cut.vmdk
head -c 3000 disk.vpc > cut.vpc
head -c 300000 disk.vhdx > cut.vhdx
`;

const folder = mkdtempSync(path.join(root, 'tmp/qemu-img-'));
const inside = root === '/' ? folder : folder.slice(root.length);
const inRoot = (...words: string[]) => (root === '/' ? words : ['chroot', root, ...words]);
try {
  const [first = '', ...rest] = inRoot('sh', '-c', `cd ${inside}\n${MAKE}`);
  execFileSync(first, rest, { stdio: 'inherit' });
  const names = readdirSync(folder).sort();
  const files = Object.fromEntries(
    names.map((name) => [
      name,
      deflateRawSync(readFileSync(path.join(folder, name)), { level: 9 }).toString('base64'),
    ]),
  );
  const disks = names.filter((name) => !name.includes('flat') && !name.startsWith('disk.raw'));
  const lines = disks.flatMap((name) => [
    ['info', name],
    ['info', '--output=json', name],
    ['check', name],
    ['check', '--output=json', name],
    ['compare', name, 'disk.raw'],
  ]);
  const runs = lines.map((args) => ({ args, ...real(args) }));
  const raw = createHash('sha256')
    .update(readFileSync(path.join(folder, 'disk.raw')))
    .digest('hex');
  const target = path.join(import.meta.dirname, '../src/cli/qemu-img/testing/recorded.json');
  writeFileSync(target, `${JSON.stringify({ files, raw, runs })}\n`);
  console.log(`${names.length} files, ${runs.length} runs`);
} finally {
  rmSync(folder, { recursive: true });
}

function real(args: readonly string[]) {
  const [first = '', ...rest] = inRoot('sh', '-c', `cd ${inside} && exec qemu-img "$@"`, 'sh', ...args);
  const { stdout, stderr, status } = spawnSync(first, rest, {
    encoding: 'utf8',
    input: '',
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  return { stdout, stderr, exitCode: status ?? -1 };
}
