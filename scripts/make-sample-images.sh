#!/usr/bin/env bash
# Makes the small real disk images of src/disk-image/sample-data.json with the real tools. Needs qemu-utils, xorriso,
# fdisk, tar, gzip and node:
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

node --input-type=module -e "
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
const names = 'appliance.ova esxi.vmdk flat.vmdk virtualbox.vdi hyperv.vhd fixed.vhd hyperv.vhdx small.qcow2 small.qcow2.gz snapshots.qcow2 points-to-a-host-file.qcow2 data-elsewhere.qcow2 locked.luks gpt.raw hybrid.iso'.split(' ');
const data = Object.fromEntries(names.map((name) => [name, gzipSync(readFileSync(name), { level: 9 }).toString('base64')]));
writeFileSync('$HERE/src/disk-image/sample-data.json', JSON.stringify(data, null, 1) + '\n');
for (const name of names) console.log(String(readFileSync(name).length).padStart(9), String(data[name].length).padStart(7), name);
"
