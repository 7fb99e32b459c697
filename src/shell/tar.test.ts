import { expect, test } from 'vitest';
import { createSandbox } from './sandbox';

/** The texts are GNU tar 1.35's over the same files. */
async function terminal(...lines: string[]): Promise<string> {
  const sandbox = await createSandbox({ samples: 'formats' });
  let text = '';
  for (const line of ['cd formats', ...lines]) text = (await sandbox.run(line)).terminal;
  return text;
}

test('lists an OVA, short and long', async () => {
  expect(await terminal('tar tf appliance.ova')).toBe('appliance.ovf\ndisk.vmdk\n');
  expect(await terminal('tar -tvf appliance.ova')).toMatch(
    /^-rw-r--r-- 0\/0 {13}790 \S+ \S+ appliance\.ovf\n-rw-r--r-- 0\/0 {10}131072 \S+ \S+ disk\.vmdk\n$/,
  );
});

test('unpacks what is named, gzipped or not, into the folder that is named', async () => {
  expect(await terminal('mkdir out', 'tar xf course-uec.tar.gz -C out course-uec-initrd', 'ls out')).toBe(
    'course-uec-initrd\n',
  );
  expect(await terminal('tar xf appliance.ova', 'head -c 4 disk.vmdk')).toBe('KDMV');
});

test('says what is wrong, in the words of GNU tar', async () => {
  expect(await terminal('tar tf nosuch; echo $?')).toBe(
    'tar: nosuch: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n2\n',
  );
  expect(await terminal('tar tf esxi.vmdk; echo $?')).toBe(
    'tar: This does not look like a tar archive\ntar: Exiting with failure status due to previous errors\n2\n',
  );
  expect(await terminal('tar xf appliance.ova nosuch; echo $?')).toBe(
    'tar: nosuch: Not found in archive\ntar: Exiting with failure status due to previous errors\n2\n',
  );
  expect(await terminal('tar -q; echo $?')).toBe(
    "tar: invalid option -- 'q'\nTry 'tar --help' or 'tar --usage' for more information.\n64\n",
  );
});
