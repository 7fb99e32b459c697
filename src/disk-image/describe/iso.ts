import { ISO_BLOCK, ISO_FIRST_DESCRIPTOR, readBootCatalog, readIso } from '../formats/iso9660';
import { inOrder, part, type Description, type Subject } from './description';
import { partitions } from './raw';

const DESCRIPTORS_READ = 16 * ISO_BLOCK;

/** ISO 9660 and UDF, with or without a partition table in front (a hybrid, which also boots from a USB stick). */
export async function describeIso(subject: Subject): Promise<Description | undefined> {
  const { reader, size } = subject;
  const start = ISO_FIRST_DESCRIPTOR * ISO_BLOCK;
  const volume = readIso(await reader.read(start, DESCRIPTORS_READ));
  if (volume === undefined) return undefined;
  const { details: table, layout } = await partitions(subject);
  const catalog = volume.bootCatalog === undefined ? undefined : volume.bootCatalog * ISO_BLOCK;
  const boots = catalog === undefined ? [] : readBootCatalog(await reader.read(catalog, ISO_BLOCK));
  return {
    format: 'iso',
    virtualSize: Math.ceil(size / 512) * 512,
    details: {
      standard: volume.standard === 'CD001' ? 'ISO 9660' : 'UDF',
      volumeId: volume.volumeId,
      ...(volume.systemId !== '' ? { systemId: volume.systemId } : {}),
      volumeSize: volume.blocks * volume.blockSize,
      joliet: volume.joliet,
      bootable: catalog !== undefined,
      ...(boots.length > 0 ? { boots } : {}),
      hybrid: table['partitionTable'] ?? false,
      ...(table['partitions'] !== undefined ? { partitions: table['partitions'] } : {}),
    },
    layout: inOrder(
      [
        ...layout.filter(({ kind }) => kind !== 'data'),
        ...(layout.length === 0 ? [part('header', 'system area', 0, start)] : []),
        part('header', 'volume descriptors', start, Math.max(volume.descriptors, 1) * ISO_BLOCK),
        ...(catalog === undefined ? [] : [part('table', 'boot catalogue', catalog, ISO_BLOCK)]),
        part(
          'table',
          'root directory',
          volume.rootDirectory * ISO_BLOCK,
          volume.rootDirectory > 0 ? ISO_BLOCK : 0,
        ),
      ],
      size,
    ),
    unsafe: [],
  };
}
