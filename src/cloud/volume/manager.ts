import { contentOf, ConversionError, imageData } from './content';
import { ImageServiceError, volumeImageMetadata, type Glance } from './glance';
import { timestamp, type VolumeRepository } from './repository';
import type { Job, VolumeRecord } from './state';

/** The back end as everything that it made names it. */
export const HOST = 'cloud@files#files';
/** What a type of volumes may ask for as `volume_backend_name`. */
const BACKEND = 'files';
/** Seconds that it takes to write an image into a volume. */
const WRITE_SECONDS = 1;

/**
 * What the volume service does after the API has answered: cinder/volume/manager.py. Nothing runs by itself; whatever
 * is due is done at the start of the next request.
 */
export class VolumeManager {
  #settling = false;

  constructor(
    readonly repository: VolumeRepository,
    readonly glance: Glance,
  ) {}

  /** Does what is due by now, the earliest first. */
  async settle(): Promise<void> {
    // the Image service is asked by requests to the same cloud, which settle as well
    if (this.#settling || this.repository.state.jobs.length === 0) return;
    this.#settling = true;
    try {
      for (let job = this.#due(); job !== undefined; job = this.#due()) await this.#run(job);
    } finally {
      this.#settling = false;
    }
  }

  #due(): Job | undefined {
    const { jobs } = this.repository.state;
    const now = this.repository.clock.now().toISOString();
    const [first] = jobs
      .filter(({ at }) => at <= now)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    if (first !== undefined) this.repository.state.jobs = jobs.filter((job) => job !== first);
    return first;
  }

  async #run(job: Job): Promise<void> {
    const { state } = this.repository;
    const time = timestamp(new Date(job.at));
    if (job.kind === 'snapshot-create' || job.kind === 'snapshot-delete') {
      const snapshot = state.snapshots.find(({ id }) => id === job.id);
      if (snapshot === undefined) return;
      if (job.kind === 'snapshot-delete') {
        state.snapshots = state.snapshots.filter((one) => one !== snapshot);
      } else if (snapshot.status === 'creating') {
        Object.assign(snapshot, { status: 'available', progress: '100%', updated_at: time });
      }
      return;
    }
    const volume = state.volumes.find(({ id }) => id === job.id);
    if (volume === undefined) return;
    volume.updated_at = time;
    switch (job.kind) {
      case 'download':
        if (!this.#hasBackend(volume)) return;
        volume.status = 'downloading';
        volume.host = HOST;
        this.repository.state.jobs.push({ ...job, kind: 'create', at: after(job.at, WRITE_SECONDS) });
        return;
      case 'create':
        return this.#create(volume, job);
      case 'delete':
        state.volumes = state.volumes.filter((one) => one !== volume);
        return;
      case 'extend':
        volume.size = job.size ?? volume.size;
        volume.status = volume.previous_status ?? 'available';
        volume.previous_status = null;
        return;
      case 'retype':
        volume.volume_type_id = job.type ?? volume.volume_type_id;
        volume.status = volume.previous_status ?? 'available';
        volume.previous_status = null;
        return;
      case 'upload':
        return this.#upload(volume, job);
    }
  }

  async #create(volume: VolumeRecord, job: Job): Promise<void> {
    const { state } = this.repository;
    if (!this.#hasBackend(volume)) return;
    volume.host = HOST;
    const origin =
      state.snapshots.find(({ id }) => id === volume.snapshot_id) ??
      state.volumes.find(({ id }) => id === volume.source_volid);
    if (origin !== undefined) {
      volume.glance_metadata = { ...origin.glance_metadata };
      volume.content = { ...origin.content };
    }
    if (job.image !== undefined && !(await this.#fill(volume, job.image, job.token ?? ''))) {
      volume.status = 'error';
      return;
    }
    // an attachment may have reserved it while it was written
    if (volume.status === 'creating' || volume.status === 'downloading') volume.status = 'available';
  }

  /** The scheduler looks for a back end that the volume's type allows; without one the volume is an error. */
  #hasBackend(volume: VolumeRecord): boolean {
    const type = this.repository.state.types.find(({ id }) => id === volume.volume_type_id);
    const wanted = type?.extra_specs['volume_backend_name'];
    if (wanted === undefined || wanted === BACKEND) return true;
    volume.status = 'error';
    return false;
  }

  /** Writes an image into a volume; false when that cannot be done. */
  async #fill(volume: VolumeRecord, imageId: string, token: string): Promise<boolean> {
    try {
      const image = await this.glance.show(token, imageId);
      const data = await this.glance.download(token, imageId);
      volume.content = contentOf(data, image.disk_format ?? 'raw');
      volume.glance_metadata = volumeImageMetadata(image);
      volume.bootable = true;
      return true;
    } catch (error) {
      if (error instanceof ImageServiceError || error instanceof ConversionError) return false;
      throw error;
    }
  }

  async #upload(volume: VolumeRecord, { image = '', token = '' }: Job): Promise<void> {
    volume.status = volume.previous_status ?? 'available';
    volume.previous_status = null;
    try {
      const { disk_format } = await this.glance.show(token, image);
      const data = imageData(volume.content, volume.size, disk_format ?? 'raw');
      // what qemu-img cannot write leaves no image behind
      if (data === undefined) await this.glance.delete(token, image);
      else await this.glance.upload(token, image, data);
    } catch (error) {
      if (!(error instanceof ImageServiceError)) throw error;
    }
  }
}

function after(time: string, seconds: number): string {
  return new Date(Date.parse(time) + seconds * 1000).toISOString();
}
