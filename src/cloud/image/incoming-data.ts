import { bytesToHex } from '@noble/hashes/utils.js';
import { FormatInspector } from '../../disk-image/format-inspector';
import { checkUpload } from '../../disk-image/upload-check';
import { HTTPError } from '../http/webob';
import { ImageData } from './data';
import type { CreateHash, Hash } from './hash';
import type { ImageRepository } from './repository';
import type { ImageRecord } from './state';

/** Data on their way into a store: hashed and looked at while they pass. Modelled on `set_data` of `glance/location.py`. */
export class IncomingData {
  readonly data = new ImageData();
  readonly #image: ImageRecord;
  readonly #sizeCap: number;
  readonly #checksum: Hash;
  readonly #multihash: Hash;
  readonly #inspector: FormatInspector | undefined;

  constructor(image: ImageRecord, sizeCap: number, createHash: CreateHash) {
    this.#checksum = createHash('md5');
    this.#multihash = createHash('sha512');
    this.#image = image;
    this.#sizeCap = sizeCap;
    // inside a container there is nothing to recognize
    this.#inspector = image.container_format === 'bare' ? new FormatInspector() : undefined;
  }

  /** @throws a 413 when it gets more than the cap. */
  write(chunk: Uint8Array): void {
    if (this.data.size + chunk.length > this.#sizeCap) throw new HTTPError(413);
    this.#checksum.update(chunk);
    this.#multihash.update(chunk);
    this.#inspector?.feed(chunk);
    this.data.append(chunk);
  }

  /** The data are complete: puts them into the stores, and what is known of them into the record. */
  saveTo(repository: ImageRepository, stores: string[]): void {
    const image = this.#image;
    repository.setData(image.id, this.data);
    image.stores = stores;
    image.size = this.data.size;
    image.checksum = bytesToHex(this.#checksum.digest());
    image.os_hash_algo = 'sha512';
    image.os_hash_value = bytesToHex(this.#multihash.digest());
  }

  /** Writes the size of the disk inside into the record, or throws the 415 that says why the data cannot be what they are declared to be. */
  inspect(): void {
    this.#image.virtual_size = null;
    if (this.#inspector === undefined) return;
    this.#inspector.finish();
    const verdict = checkUpload(this.#inspector, this.#image.disk_format ?? '');
    if (!verdict.accepted) throw new HTTPError(415, verdict.reason);
    this.#image.virtual_size = verdict.virtualSize || null;
  }
}
