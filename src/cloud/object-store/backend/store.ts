import type { Clock } from '../../clock';
import { ImageData } from '../../image/data';
import { createHash as defaultHash, type CreateHash } from '../../image/hash';
import { UNITS } from '../common/timestamp';
import {
  DATA_PREFIX,
  type AccountRecord,
  type ContainerRecord,
  type ObjectRecord,
  type ObjectStoreState,
} from '../state';
import { SortedMap } from './sorted-map';

/** How long after its time an object is still listed: the object expirer goes around every five minutes. */
const EXPIRER_INTERVAL = 300;

/** A container with its index. */
export class Container {
  readonly name: string;
  readonly objects: SortedMap<ObjectRecord>;
  bytes: number;

  constructor(
    readonly record: Omit<ContainerRecord, 'objects'>,
    objects: readonly ObjectRecord[] = [],
  ) {
    this.name = record.name;
    this.objects = new SortedMap(objects);
    this.bytes = objects.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

export class Account {
  readonly name: string;
  readonly containers: SortedMap<Container>;

  constructor(
    readonly record: Omit<AccountRecord, 'containers'>,
    containers: readonly Container[] = [],
  ) {
    this.name = record.name;
    this.containers = new SortedMap(containers);
  }

  /** Objects and bytes of all containers. */
  totals(): { objects: number; bytes: number } {
    let objects = 0;
    let bytes = 0;
    for (const container of this.containers) {
      objects += container.objects.size;
      bytes += container.bytes;
    }
    return { objects, bytes };
  }
}

/** What the account, container and object servers keep. */
export class Store {
  readonly #accounts: SortedMap<Account>;
  readonly #clock: Clock;
  #lastTime: number;
  #lastData: number;
  /** Objects with an end, by container, to be looked through. */
  #expiring: { at: number; account: string; container: string; object: string }[] = [];

  constructor(
    state: ObjectStoreState,
    /** What the objects hold, by key. */
    readonly dataByKey: Map<string, ImageData>,
    clock: Clock,
    readonly createHash: CreateHash = defaultHash,
  ) {
    this.#clock = clock;
    this.#lastTime = state.lastTime;
    this.#lastData = state.lastData;
    this.#accounts = new SortedMap(
      state.accounts.map(
        ({ containers, ...account }) =>
          new Account(
            account,
            containers.map(({ objects, ...container }) => new Container(container, objects)),
          ),
      ),
    );
    for (const account of this.#accounts)
      for (const container of account.containers)
        for (const object of container.objects) this.#watch(account.name, container.name, object);
  }

  /** The records, as they are now, without the data. */
  records(): ObjectStoreState {
    return {
      accounts: [...this.#accounts].map(({ record, containers }) => ({
        ...structuredClone(record),
        containers: [...containers].map((container) => ({
          ...structuredClone(container.record),
          objects: [...container.objects].map((object) => ({ ...object, headers: { ...object.headers } })),
        })),
      })),
      lastTime: this.#lastTime,
      lastData: this.#lastData,
    };
  }

  data(object: ObjectRecord): ImageData {
    return (object.data === undefined ? undefined : this.dataByKey.get(object.data)) ?? new ImageData();
  }

  /** Seconds since 1970. */
  get seconds(): number {
    return this.#clock.now().getTime() / 1000;
  }

  /** Now, in units of a {@link UNITS}th of a second. */
  get now(): number {
    return Math.max(this.#lastTime, this.#clock.now().getTime() * (UNITS / 1000));
  }

  /** A time for something that changes: later than all before. */
  tick(): number {
    this.#lastTime = Math.max(this.#lastTime + 1, this.#clock.now().getTime() * (UNITS / 1000));
    return this.#lastTime;
  }

  account(name: string): Account | undefined {
    return this.#accounts.get(name);
  }

  container(account: string, container: string): Container | undefined {
    return this.account(account)?.containers.get(container);
  }

  /** The object, unless its time is over. */
  object(account: string, container: string, name: string): ObjectRecord | undefined {
    const object = this.container(account, container)?.objects.get(name);
    return object === undefined || this.isExpired(object) ? undefined : object;
  }

  isExpired({ headers }: ObjectRecord): boolean {
    const at = headers['x-delete-at'];
    return at !== undefined && Number(at) * UNITS <= this.now;
  }

  addAccount(name: string, headers: Record<string, string>): Account {
    const created = this.tick();
    const account = new Account({ name, created, modified: created, headers });
    this.#accounts.set(account);
    return account;
  }

  /** @param data are kept, and what was there before is forgotten. */
  putObject(account: string, container: Container, object: ObjectRecord, data?: ImageData): void {
    const before = container.objects.get(object.name);
    if (data !== undefined) {
      if (before?.data !== undefined) this.dataByKey.delete(before.data);
      if (data.size > 0) {
        object.data = `${DATA_PREFIX}${++this.#lastData}`;
        this.dataByKey.set(object.data, data);
      }
    }
    container.bytes += object.bytes - (before?.bytes ?? 0);
    container.objects.set(object);
    this.#watch(account, container.name, object);
  }

  deleteObject(container: Container, name: string): void {
    const object = container.objects.get(name);
    if (object === undefined) return;
    if (object.data !== undefined) this.dataByKey.delete(object.data);
    container.bytes -= object.bytes;
    container.objects.delete(name);
  }

  #watch(account: string, container: string, { name: object, headers }: ObjectRecord): void {
    const at = headers['x-delete-at'];
    if (at !== undefined) this.#expiring.push({ at: Number(at), account, container, object });
  }

  /** Takes away what is expired for long enough. `ObjectExpirer` of swift/obj/expirer.py. */
  settle(): void {
    if (this.#expiring.length === 0) return;
    const now = this.seconds;
    const isDue = ({ at }: { at: number }) => at + EXPIRER_INTERVAL <= now;
    for (const { at, ...path } of this.#expiring.filter(isDue)) {
      const container = this.container(path.account, path.container);
      const object = container?.objects.get(path.object);
      if (container !== undefined && Number(object?.headers['x-delete-at']) === at)
        this.deleteObject(container, path.object);
    }
    this.#expiring = this.#expiring.filter((entry) => !isDue(entry));
  }
}
