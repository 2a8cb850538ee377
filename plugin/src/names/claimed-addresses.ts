import type { KubeObject } from '../kubernetes/kube-api.ts';
import type { AddressTable } from './address-table.ts';
import type { ObjectAddresses } from './object-addresses.ts';

interface Known<T> {
  readonly object: T;
  readonly said: ObjectAddresses;
}

/** Carries what the objects of one watch say about their addresses into the table. */
export class ClaimedAddresses<T extends KubeObject> {
  readonly #objects: ReadonlyMap<string, T>;
  readonly #addressesOf: (object: T) => ObjectAddresses;
  readonly #known = new Map<string, Known<T>>();

  constructor(objects: ReadonlyMap<string, T>, addressesOf: (object: T) => ObjectAddresses) {
    this.#objects = objects;
    this.#addressesOf = addressesOf;
  }

  /** Brings the table up to date. Costs a comparison for an object that is as it was. */
  update(table: AddressTable, nowMs: number): void {
    for (const [uid, object] of this.#objects) {
      const before = this.#known.get(uid);
      if (before?.object === object) continue;
      const said = this.#addressesOf(object);
      this.#known.set(uid, { object, said });
      applyChange(table, { uid, before: before?.said, said, nowMs });
    }
    if (this.#known.size === this.#objects.size) return;
    for (const [uid, { said }] of this.#known) {
      if (this.#objects.has(uid)) continue;
      this.#known.delete(uid);
      release(table, { uid, said, nowMs }, said.addresses);
    }
  }
}

interface Change {
  readonly uid: string;
  readonly said: ObjectAddresses;
  readonly nowMs: number;
}

function applyChange(
  table: AddressTable,
  { before, ...change }: Change & { before: ObjectAddresses | undefined },
): void {
  const { uid, said, nowMs } = change;
  const has = new Set(said.addresses.map(({ address }) => address));
  release(table, change, before?.addresses.filter(({ address }) => !has.has(address)) ?? []);
  const had = new Set(before?.addresses.map(({ address }) => address));
  for (const { address, rank } of said.addresses) {
    if (had.has(address)) continue;
    // The first ones it may have had from its beginning; another one came in place of those.
    const beginMs = had.size === 0 ? said.beginMs : nowMs;
    table.claim(address, { uid, name: said.name, rank, beginMs }, nowMs);
  }
  if (said.ended) release(table, change, said.addresses);
}

function release(
  table: AddressTable,
  { uid, said, nowMs }: Change,
  addresses: ObjectAddresses['addresses'],
): void {
  for (const { address } of addresses)
    table.release(address, uid, { nowMs, exactMs: said.exactEndMs });
}
