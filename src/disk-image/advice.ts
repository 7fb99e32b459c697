import type { Description, Detail, FormatName } from './describe/description';
import type { GlanceVerdict, NovaVerdict } from './verdicts';

/** What to do with a file, and the command that does it. */
export interface Advice {
  text: string;
  /** A line for a shell, with the file's own name in it. */
  command?: string;
}

/** QEMU's names of formats that a cloud should get as qcow2. */
const CONVERT: Partial<Record<FormatName, string>> = {
  qcow: 'qcow',
  vmdk: 'vmdk',
  vdi: 'vdi',
  vhd: 'vpc',
  vhdx: 'vhdx',
  qed: 'qed',
  ploop: 'parallels',
};

const UNPACK: Partial<Record<FormatName, { command: string; ending: RegExp }>> = {
  gzip: { command: 'gunzip -k', ending: /\.t?gz$/i },
  xz: { command: 'unxz -k', ending: /\.xz$/i },
  zstd: { command: 'unzstd', ending: /\.zst$/i },
  bzip2: { command: 'bunzip2 -k', ending: /\.bz2$/i },
};

export interface Judged {
  /** Name of the file. */
  file: string;
  description: Description;
  glance: GlanceVerdict;
  nova: NovaVerdict;
  /** Names of the checks that found something. */
  unsafe: readonly string[];
}

/** What to do, in the order in which to do it. */
export function adviceFor(judged: Judged): Advice[] {
  return [...warnings(judged), ...steps(judged)];
}

function warnings({ file, description, unsafe }: Judged): Advice[] {
  const found: Advice[] = [];
  if (unsafe.includes('backing_file') || unsafe.includes('data_file') || unsafe.includes('parent'))
    found.push({
      text: `It points to another file. If it is your own, and that file lies where it says, convert it: the result holds everything. If somebody gave it to you, do not open it.`,
      ...(description.format === 'qcow2'
        ? {
            command: `qemu-img convert -f qcow2 -O qcow2 ${quoted(file)} ${quoted(`${stem(file)}-whole.qcow2`)}`,
          }
        : {}),
    });
  else if (unsafe.includes('descriptor') && description.format === 'vmdk')
    found.push({
      text: 'This VMDK keeps its data in other files, or names files by path. Clouds take only monolithicSparse and streamOptimized. Convert it where all its files are.',
    });
  else if (
    unsafe.some((check) => ['header', 'incomplete', 'table_outside', 'overlapping_tables'].includes(check))
  )
    found.push({
      text: 'It is damaged or cut off. Get it again, and compare its hash with the publisher’s.',
    });
  return found;
}

function steps(judged: Judged): Advice[] {
  const { file, description, glance } = judged;
  const { format, details } = description;
  const from = CONVERT[format];
  const unpack = UNPACK[format];
  if (format === 'ova' || format === 'tar') return unarchive(file, details['disk']);
  if (format === 'ovf')
    return [
      {
        text: 'This is only the description of a machine. Upload the disk that it names; look into that file next.',
      },
    ];
  if (unpack && glance.containerFormat === 'compressed') return unpackAndLook(file, unpack);
  if (format === 'luks')
    return [
      {
        text: 'It is encrypted. Nova takes no encrypted images: open it where you have its key, and convert what is inside.',
      },
    ];
  if (from !== undefined)
    return convertAndUpload(file, from, judged.nova.accepted && glance.diskFormat === format);
  if (judged.unsafe.some((check) => check !== 'mbr')) return [];
  if (format === 'iso' && !glance.accepted)
    return [
      {
        text: 'The disc also starts with a partition table, for USB sticks, and Glance refuses what is two formats at once. Take the table away in a copy; the disc still boots as a CD.',
        command: `cp ${quoted(file)} ${quoted(`${stem(file)}-cd.iso`)} && dd if=/dev/zero of=${quoted(`${stem(file)}-cd.iso`)} bs=512 count=1 conv=notrunc`,
      },
      ...upload(`${stem(file)}-cd.iso`, 'iso', 'bare'),
    ];
  return [...upload(file, glance.diskFormat, glance.containerFormat), ...afterwards(judged)];
}

function convertAndUpload(file: string, from: string, alsoAsItIs: boolean): Advice[] {
  const target = `${stem(file)}.qcow2`;
  return [
    {
      text: alsoAsItIs
        ? 'KVM hosts convert it before every first start. Convert it once instead:'
        : 'Convert it before you upload it:',
      command: `qemu-img convert -f ${from} -O qcow2 ${quoted(file)} ${quoted(target)}`,
    },
    ...upload(target, 'qcow2', 'bare'),
  ];
}

function unarchive(file: string, disk: Detail | undefined): Advice[] {
  const inside = typeof disk === 'object' && disk !== null && 'name' in disk ? disk : undefined;
  const name = inside?.name;
  const format = inside && 'format' in inside ? inside.format : undefined;
  const unpack: Advice = { text: 'Take the archive apart first:', command: `tar xf ${quoted(file)}` };
  if (typeof name !== 'string') return [unpack];
  const from = typeof format === 'string' ? CONVERT[format as FormatName] : undefined; // it came from a description
  return [
    unpack,
    ...(from === undefined
      ? upload(name, format === 'qcow2' ? 'qcow2' : 'raw', 'bare')
      : convertAndUpload(name, from, false)),
  ];
}

function unpackAndLook(file: string, { command, ending }: { command: string; ending: RegExp }): Advice[] {
  const inside = /\.tgz$/i.test(file)
    ? `${stem(file)}.tar`
    : ending.test(file)
      ? file.replace(ending, '')
      : undefined;
  return [
    { text: 'Nova starts nothing that is packed. Unpack it:', command: `${command} ${quoted(file)}` },
    { text: `Then look into ${inside ?? 'what comes out'}: that is what you upload.` },
  ];
}

function upload(file: string, diskFormat: string, containerFormat: string): Advice[] {
  const options = `--disk-format ${diskFormat} --container-format ${containerFormat} --file ${quoted(file)}`;
  const name = quoted(stem(file));
  return [
    { text: 'Upload it:', command: `openstack image create ${options} ${name}` },
    { text: 'Or with the other client:', command: `glance image-create ${options} --name ${name}` },
  ];
}

function afterwards({ file, description: { format } }: Judged): Advice[] {
  if (format === 'raw')
    return [
      {
        text: 'Is your cloud’s image store not Ceph? Then qcow2 is a smaller upload:',
        command: `qemu-img convert -f raw -O qcow2 -c ${quoted(file)} ${quoted(`${stem(file)}.qcow2`)}`,
      },
    ];
  if (format === 'qcow2')
    return [
      {
        text: 'Are your cloud’s images in Ceph? Then raw lets servers start as clones:',
        command: `qemu-img convert -f qcow2 -O raw ${quoted(file)} ${quoted(`${stem(file)}.raw`)}`,
      },
    ];
  if (format === 'kernel')
    return [{ text: 'Link it: set kernel_id of the image with the root disk to the id of this one.' }];
  if (format === 'initrd' || format === 'gzip')
    return [{ text: 'Link it: set ramdisk_id of the image with the root disk to the id of this one.' }];
  return [];
}

/** The file's name without folders and ending. */
function stem(file: string): string {
  const base = file.split('/').at(-1) ?? file;
  return base.replace(/(?<=.)\.[A-Za-z0-9]{1,5}$/, '');
}

/** A word for a POSIX shell. */
function quoted(word: string): string {
  const safe = word.startsWith('-') ? `./${word}` : word;
  return /^[\w./:@%+,=-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
