#!/usr/bin/env bash
# Makes the small real disk images of src/disk-image/sample-data.json with the real tools. Needs qemu-utils, xorriso,
# fdisk, e2fsprogs, cpio, tar, gzip and node:
#
#     scripts/make-sample-images.sh
#
# All hold the disk of tiny.raw: an MBR, a FAT file system, three text files, and nothing that boots.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
HERE=$PWD
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
npx tsx -e "import { writeFileSync } from 'node:fs'; import { tinyRaw } from './src/disk-image/samples'; writeFileSync('$WORK/tiny.raw', tinyRaw());"
cd "$WORK"

convert() { qemu-img convert -f raw -O "$1" "${@:3}" tiny.raw "$2"; }

convert vmdk esxi.vmdk -o subformat=monolithicSparse
convert vmdk disk.vmdk -o subformat=streamOptimized
convert vmdk flat.vmdk -o subformat=monolithicFlat
convert vdi virtualbox.vdi
convert vpc hyperv.vhd -o force_size=on
convert vpc fixed.vhd -o subformat=fixed,force_size=on
convert vhdx hyperv.vhdx
convert qcow2 small.qcow2 -c -o cluster_size=4096
convert qcow2 snapshots.qcow2 -o cluster_size=4096
qemu-img snapshot -c before-upgrade snapshots.qcow2
qemu-img create -q -u -f qcow2 -F raw -b /etc/passwd points-to-a-host-file.qcow2 1M
qemu-img create -q -f qcow2 -o data_file=data.raw data-elsewhere.qcow2 1M
qemu-img create -q -f luks --object secret,id=key,data=password -o key-secret=key,iter-time=10 locked.luks 1M
# the keys are random, and nobody needs them: the header stays
head -c 4096 locked.luks >locked.head && truncate -s "$(stat -c %s locked.luks)" locked.head && mv locked.head locked.luks
truncate -s 1M gpt.raw
printf 'label: gpt\nsize=128K,type=U,name=EFI\nname=root\n' | sfdisk -q gpt.raw
mkdir tree
printf 'A disc that is also a USB stick.\n' >tree/README.TXT
xorriso -report_about WARNING -as mkisofs -o hybrid.iso -V HYBRID -partition_offset 16 --mbr-force-bootable -append_partition 2 0x83 tree/README.TXT tree 2>/dev/null
cat >appliance.ovf <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
  <References>
    <File ovf:href="disk.vmdk" ovf:id="file1"/>
  </References>
  <DiskSection>
    <Info>Virtual disks</Info>
    <Disk ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="disk1" ovf:fileRef="file1" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
  </DiskSection>
  <VirtualSystem ovf:id="appliance">
    <Info>A virtual machine</Info>
    <Name>appliance</Name>
    <OperatingSystemSection ovf:id="101">
      <Info>The guest operating system</Info>
      <Description>Other Linux (64-bit)</Description>
    </OperatingSystemSection>
  </VirtualSystem>
</Envelope>
XML
tar --format=ustar --owner=0 --group=0 --numeric-owner --mtime=@1795000000 -cf appliance.ova appliance.ovf disk.vmdk
gzip -nk9 small.qcow2
convert parallels virtuozzo.hds

# the trio of Amazon's first format, as Ubuntu packed it: a file system without a partition table, a kernel, a RAM disk
mkdir root && cp tree/README.TXT root/ && touch -d @1795000000 root root/README.TXT
truncate -s 256K course-uec.img
E2FSPROGS_FAKE_TIME=1795000000 mke2fs -q -t ext2 -m 0 -L course-uec -U 4c4f3103-0000-4000-8000-000000000000 -E hash_seed=4c4f3103-0000-4000-8000-000000000000,root_owner=0:0 -d root course-uec.img
mkdir initrd && printf '#!/bin/sh\necho No system here.\n' >initrd/init && chmod 755 initrd/init && touch -d @1795000000 initrd initrd/init
(cd initrd && printf '.\ninit\n' | cpio --quiet --reproducible -R 0:0 -H newc -o | gzip -n9) >course-uec-initrd
# the header of a kernel, with nothing behind it that would run: boot protocol 2.15, 64 bits, a version
truncate -s 8K course-uec-vmlinuz
at() { dd of=course-uec-vmlinuz bs=1 seek="$(($1))" conv=notrunc status=none; }
printf '\x01' | at 0x1f1
printf '\x55\xaa\xeb\x66HdrS\x0f\x02' | at 0x1fe
printf '\x00\x01' | at 0x20e
printf '\x01' | at 0x211
printf '\x01\x00' | at 0x236
printf '6.12.0-course (no kernel, only its header) #1' | at 0x300
tar --format=ustar --owner=0 --group=0 --numeric-owner --mtime=@1795000000 -cf - course-uec.img course-uec-initrd course-uec-vmlinuz | gzip -n9 >course-uec.tar.gz

node --input-type=module -e "
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
const names = 'appliance.ova esxi.vmdk flat.vmdk virtualbox.vdi hyperv.vhd fixed.vhd hyperv.vhdx small.qcow2 small.qcow2.gz snapshots.qcow2 points-to-a-host-file.qcow2 data-elsewhere.qcow2 locked.luks gpt.raw hybrid.iso virtuozzo.hds course-uec.tar.gz'.split(' ');
const data = Object.fromEntries(names.map((name) => [name, gzipSync(readFileSync(name), { level: 9 }).toString('base64')]));
writeFileSync('$HERE/src/disk-image/sample-data.json', JSON.stringify(data, null, 1) + '\n');
for (const name of names) console.log(String(readFileSync(name).length).padStart(9), String(data[name].length).padStart(7), name);
"
