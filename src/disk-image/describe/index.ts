import { Bytes } from '../formats/bytes';
import { BoundedReader, type Sliceable } from '../reader';
import { describeOvf, describeTar } from './archives';
import { describeInitrd, describeKernel } from './boot-files';
import type { Description, Subject } from './description';
import { describeIso } from './iso';
import { describeLuks, describePloop, describeQed } from './other-disks';
import { describePacked } from './packed';
import { describeQcow2 } from './qcow2';
import { describeRaw } from './raw';
import { describeVdi } from './vdi';
import { describeFixedVhd, describeVhd } from './vhd';
import { describeVhdx } from './vhdx';
import { describeVmdk } from './vmdk';

const HEAD = 64 * 1024;
const TAIL = 4096;
/** A disk in a tar archive in gzip: deeper nobody looks. */
const MAX_DEPTH = 2;

/** What is this file? What stands first in it decides, and what stands last only if nothing else is known. */
export async function describe(reader: BoundedReader, depth = 0): Promise<Description> {
  const { size } = reader;
  const head = await reader.read(0, HEAD);
  const tail = size <= HEAD ? head.slice(size - TAIL, TAIL) : await reader.read(size - TAIL, TAIL);
  const subject: Subject = { reader, size, head, tail };
  const inside = (file: Sliceable) =>
    depth < MAX_DEPTH ? describe(new BoundedReader(file), depth + 1) : describeRaw(empty(file));
  return (
    (await describeQcow2(subject)) ??
    (await describeVhdx(subject)) ??
    (await describeVhd(subject)) ??
    (await describeVmdk(subject)) ??
    describeVdi(subject) ??
    describeQed(subject) ??
    describeLuks(subject) ??
    describePloop(subject) ??
    (await describeIso(subject)) ??
    (await describePacked(subject, inside)) ??
    (await describeTar(subject, inside)) ??
    (await describeOvf(subject)) ??
    describeKernel(subject) ??
    describeInitrd(subject) ??
    describeFixedVhd(subject) ??
    (await describeRaw(subject))
  );
}

/** A file into which nobody looked. */
function empty(file: Sliceable): Subject {
  const nothing = new Bytes(new Uint8Array(0));
  return { reader: new BoundedReader(file, 0), size: file.size, head: nothing, tail: nothing };
}
