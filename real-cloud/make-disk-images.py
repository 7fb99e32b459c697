"""Makes disk images of every format and option that the real tools write, in the folder it is given:

    python3 make-disk-images.py FOLDER

Prints one JSON object a line: {"name", "made"} for each, with the command that made it, and {"skipped"} for each tool
that is not on this machine.
"""

import gzip
import io
import json
import os
import shutil
import struct
import subprocess
import sys
import tarfile

os.chdir(sys.argv[1])
MIB = 1 << 20
missing = set()


def run(command, name):
    tool = command[0]
    if shutil.which(tool) is None:
        if tool not in missing:
            missing.add(tool)
            print(json.dumps({'skipped': tool}))
        return False
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode == 0:
        print(json.dumps({'name': name, 'made': ' '.join(command)}))
    else:
        print(json.dumps({'failed': ' '.join(command), 'error': done.stderr.strip()}))
    return done.returncode == 0


def create(name, qemu_format, size, *options, before=()):
    return run(['qemu-img', 'create', '-q', *before, '-f', qemu_format,
                *(['-o', ','.join(options)] if options else []), name, *([size] if size else [])], name)


def convert(name, qemu_format, *options, extra=()):
    return run(['qemu-img', 'convert', '-f', 'raw', '-O', qemu_format, *extra,
                *(['-o', ','.join(options)] if options else []), 'disk.raw', name], name)


def write(name, content, made):
    with open(name, 'wb') as file:
        file.write(content)
    print(json.dumps({'name': name, 'made': made}))


# a disk with some content: text, zeros, and bytes that do not shrink
noise = bytes((i * i * 31 + (i >> 3)) & 255 for i in range(300000))
with open('disk.raw', 'wb') as file:
    file.write(b'boot' * 1000 + bytes(200000) + noise)
    file.truncate(3 * MIB)

SIZES = ['512', '1000', '1M', '33M', '64M', '1G', '5G']

for compat in ['0.10', '1.1']:
    for cluster in [512, 4096, 65536, 2 * MIB]:
        for size in SIZES if cluster == 65536 else ['1M', '64M']:
            create(f'q-{compat}-{cluster}-{size}.qcow2', 'qcow2', size, f'compat={compat}', f'cluster_size={cluster}')
    convert(f'q-{compat}.qcow2', 'qcow2', f'compat={compat}')
    convert(f'q-{compat}-c.qcow2', 'qcow2', f'compat={compat}', extra=['-c'])
for option in ['extended_l2=on', 'extended_l2=on,cluster_size=131072', 'lazy_refcounts=on', 'refcount_bits=1',
               'refcount_bits=64', 'preallocation=metadata', 'compression_type=zstd']:
    create(f'q-{option}.qcow2', 'qcow2', '8M', option)
    convert(f'q-{option}-disk.qcow2', 'qcow2', option)
convert('q-zstd-c.qcow2', 'qcow2', 'compression_type=zstd', extra=['-c'])
for form in ['raw', 'qcow2', 'vmdk']:
    base = f'base-{form}'
    create(base, form, '2M')
    for overlay in ['qcow2', 'qcow', 'qed']:
        create(f'over-{form}.{overlay}', overlay, '', f'backing_file={base}', f'backing_fmt={form}')
create('over-0.10.qcow2', 'qcow2', '', 'backing_file=base-raw', 'backing_fmt=raw', 'compat=0.10')
create('over-vmdk.vmdk', 'vmdk', '', 'backing_file=base-vmdk', 'backing_fmt=vmdk')
create('over-name.qcow2', 'qcow2', '4M', 'backing_file=' + 'x' * 900, 'backing_fmt=raw', before=['-u'])
create('over-passwd.qcow2', 'qcow2', '4M', 'backing_file=/etc/passwd', 'backing_fmt=raw', before=['-u'])
create('data.qcow2', 'qcow2', '4M', 'data_file=data.bin')
create('data-raw.qcow2', 'qcow2', '4M', 'data_file=data-raw.bin', 'data_file_raw=on')
create('data-passwd.qcow2', 'qcow2', '4M', 'data_file=data-other.bin')
secret = ['--object', 'secret,id=key,data=password']
create('luks.qcow2', 'qcow2', '4M', 'encrypt.format=luks', 'encrypt.key-secret=key', 'encrypt.iter-time=10', before=secret)
create('aes.qcow2', 'qcow2', '4M', 'encrypt.format=aes', 'encrypt.key-secret=key', before=secret)
create('luks.luks', 'luks', '4M', 'key-secret=key', 'iter-time=10', before=secret)
if create('snapshots.qcow2', 'qcow2', '8M'):
    for snapshot in ['first', 'second', 'a name with spaces and ünïcode']:
        subprocess.run(['qemu-img', 'snapshot', '-c', snapshot, 'snapshots.qcow2'], check=True)
if create('bitmaps.qcow2', 'qcow2', '8M'):
    subprocess.run(['qemu-img', 'bitmap', '--add', 'bitmaps.qcow2', 'dirty'], check=True)

for subformat in ['monolithicSparse', 'monolithicFlat', 'twoGbMaxExtentSparse', 'twoGbMaxExtentFlat', 'streamOptimized']:
    for size in ['1M', '64M', '3G'] if 'lat' not in subformat else ['1M', '3G']:
        create(f'v-{subformat}-{size}.vmdk', 'vmdk', size, f'subformat={subformat}')
    convert(f'v-{subformat}.vmdk', 'vmdk', f'subformat={subformat}')
for option in ['adapter_type=lsilogic', 'adapter_type=buslogic', 'hwversion=10', 'compat6=on', 'zeroed_grain=on']:
    create(f'v-{option}.vmdk', 'vmdk', '16M', option)
for size in SIZES:
    create(f'd-{size}.vdi', 'vdi', size)
    create(f'd-{size}.vhdx', 'vhdx', size)
    create(f'd-{size}.qed', 'qed', size)
    create(f'd-{size}.qcow', 'qcow', size)
    create(f'd-{size}.parallels', 'parallels', size)
    create(f'd-{size}.vpc', 'vpc', size)
    create(f'd-force-{size}.vpc', 'vpc', size, 'force_size=on')
    if size not in ['1G', '5G']:
        create(f'd-{size}.raw', 'raw', size)
create('static.vdi', 'vdi', '4M', 'static=on')
for block in ['1M', '16M', '256M']:
    create(f'd-block-{block}.vhdx', 'vhdx', '64M', f'block_size={block}')
create('log.vhdx', 'vhdx', '64M', 'log_size=2M')
create('fixed.vhdx', 'vhdx', '4M', 'subformat=fixed')
for size in ['1M', '4M', '33M']:
    create(f'fixed-{size}.vpc', 'vpc', size, 'subformat=fixed')
    create(f'fixed-force-{size}.vpc', 'vpc', size, 'subformat=fixed', 'force_size=on')
for form in ['vdi', 'vhdx', 'vpc', 'qed', 'qcow', 'parallels']:
    convert(f'disk.{form}', form)

# what is no format of QEMU
sector = bytearray(512)
sector[510:] = b'\x55\xaa'
struct.pack_into('<B3sB3sII', sector, 446, 0x80, b'\x20\x21\0', 0x83, b'\xfe\xff\xff', 2048, 4096)
write('mbr.raw', bytes(sector) + bytes(MIB), 'an MBR with one bootable partition')
sector[446] = 7
write('mbr-odd.raw', bytes(sector) + bytes(MIB), 'an MBR with a wild boot flag')
sector[446:462] = struct.pack('<B3sB3sII', 0, b'\0\x02\0', 0xee, b'\xff\xff\xff', 1, 0xffffffff)
write('gpt.raw', bytes(sector) + bytes(MIB), 'a protective MBR without a table behind it')
sector[446:462] = bytes(16)
write('mbr-empty.raw', bytes(sector) + bytes(MIB), 'a boot sector without partitions')
write('empty.raw', b'', 'nothing')
write('text.raw', b'just some text\n' * 50, 'a text')
write('one.raw', b'x', 'one byte')


def on_disk(name, size, tool, *arguments, text=''):
    """Lets a tool write on an empty disk."""
    if shutil.which(tool) is None:
        run([tool], name)
        return
    with open(name, 'wb') as file:
        file.truncate(size)
    subprocess.run([tool, *arguments, name], input=text, capture_output=True, text=True, check=True)
    print(json.dumps({'name': name, 'made': ' '.join([tool, *arguments])}))


on_disk('part.gpt', 8 * MIB, 'sfdisk', '-q', text='label: gpt\nsize=1M,type=U\nsize=2M\n')
on_disk('part.mbr', 8 * MIB, 'sfdisk', '-q', text='label: dos\nsize=1M,type=83,bootable\nsize=2M,type=82\n')
on_disk('fs.ext4', 2 * MIB, 'mkfs.ext4', '-q', '-F')
on_disk('fs.vfat', 2 * MIB, 'mkfs.vfat')
os.makedirs('tree', exist_ok=True)
with open('tree/README', 'w') as file:
    file.write('hello\n')
run(['genisoimage', '-quiet', '-o', 'plain.iso', 'tree'], 'plain.iso')
run(['genisoimage', '-quiet', '-J', '-R', '-V', 'LABEL', '-o', 'joliet.iso', 'tree'], 'joliet.iso')
run(['genisoimage', '-quiet', '-udf', '-o', 'udf.iso', 'tree'], 'udf.iso')
if os.path.exists('plain.iso'):
    with open('plain.iso', 'rb') as file:
        iso = bytearray(file.read())
    iso[446:462] = struct.pack('<B3sB3sII', 0x80, b'\0\x01\0', 0x17, b'\xfe\xff\xff', 0, len(iso) // 512)
    iso[510:512] = b'\x55\xaa'
    write('hybrid.iso', bytes(iso), 'a hybrid: genisoimage and an MBR in its system area')
for form, command in [('gz', ['gzip', '-k']), ('xz', ['xz', '-k']), ('bz2', ['bzip2', '-k']), ('zst', ['zstd', '-q'])]:
    run([*command, '-f', 'disk.raw'], f'disk.raw.{form}')
ovf = '''<?xml version="1.0"?><Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
<References><File ovf:href="v-streamOptimized.vmdk" ovf:id="file1"/></References><DiskSection><Info/>
<Disk ovf:capacity="3" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="disk1" ovf:fileRef="file1"
 ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/></DiskSection></Envelope>'''
write('machine.ovf', ovf.encode(), 'an OVF envelope')
if os.path.exists('v-streamOptimized.vmdk'):
    with tarfile.open('machine.ova', 'w', format=tarfile.USTAR_FORMAT) as archive:
        archive.add('machine.ovf')
        archive.add('v-streamOptimized.vmdk')
    print(json.dumps({'name': 'machine.ova', 'made': 'tar of an OVF envelope and a streamOptimized VMDK'}))
with tarfile.open('uec.tar.gz', 'w:gz') as archive:
    for name in ['trusty-vmlinuz-virtual', 'trusty-initrd-virtual', 'trusty.img']:
        member = tarfile.TarInfo(name)
        member.size = 1000
        archive.addfile(member, io.BytesIO(bytes(1000)))
print(json.dumps({'name': 'uec.tar.gz', 'made': 'kernel, RAM disk and root disk in tar.gz'}))
kernel = bytearray(65536)
kernel[0x1f1] = 30
kernel[510:512] = b'\x55\xaa'
kernel[0x202:0x206] = b'HdrS'
kernel[446:460] = bytes(range(100, 114))
write('vmlinuz', bytes(kernel), 'the header of a bzImage')
cpio = b'070701' + b'0' * 88 + b'0000000B' + b'0' * 8 + b'TRAILER!!!\0'
write('initrd.img', cpio + bytes(512), 'a cpio archive')
write('initrd.gz', gzip.compress(cpio + bytes(512), mtime=0), 'a cpio archive in gzip')
