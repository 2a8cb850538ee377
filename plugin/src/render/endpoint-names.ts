import type { WallClock } from '../events/clocks.ts';
import type { EventCursor } from '../events/cursor.ts';
import { Name } from '../events/dictionary.ts';
import type { JsonName } from '../events/json-shapes.ts';
import type { AddressName } from '../names/address-table.ts';
import { printable, printableJson } from '../terminal/text.ts';

/** Who has which address, as far as is known. */
export interface NameLookup {
  /** @param place of the address's 4 or 16 bytes within others @param wallTimeMs milliseconds since 1970 */
  nameAt(
    bytes: Uint8Array,
    place: { readonly start: number; readonly lengthBytes: number },
    wallTimeMs: number,
  ): AddressName | undefined;
  /** The namespace that the trace is about: names in it stand alone. */
  readonly homeNamespace: string | undefined;
}

/** Names of the two ends of a packet, at the time of its event, as the events of one session have it. */
export class EndpointNames {
  readonly #lookup: NameLookup;
  readonly #wallClock: WallClock;
  /** What is printed of each. */
  readonly #names = new WeakMap<AddressName, Name>();

  constructor(lookup: NameLookup, wallClock: WallClock) {
    this.#lookup = lookup;
    this.#wallClock = wallClock;
  }

  source(event: EventCursor): Name | undefined {
    const { sourceAddressStart: start, sourceAddressLength: lengthBytes } = event;
    return this.#at(event, { start, lengthBytes });
  }

  destination(event: EventCursor): Name | undefined {
    const { destinationAddressStart: start, destinationAddressLength: lengthBytes } = event;
    return this.#at(event, { start, lengthBytes });
  }

  #at(
    event: EventCursor,
    place: { readonly start: number; readonly lengthBytes: number },
  ): Name | undefined {
    if (place.lengthBytes === 0) return undefined;
    const wallTimeMs = this.#wallClock.milliseconds(event.bootTimeNsHigh, event.bootTimeNsLow);
    const found = this.#lookup.nameAt(event.bytes, place, wallTimeMs);
    if (found === undefined) return undefined;
    let name = this.#names.get(found);
    if (name === undefined) {
      name = new Name(label(found, this.#lookup.homeNamespace), json(found));
      this.#names.set(found, name);
    }
    return name;
  }
}

const prefixes = { pod: '', service: 'svc/', node: 'node/' } as const;

/** `web-1`, `svc/web`, `node/n1`; of another namespace than home `shop/web-1`, `shop/svc/web`. */
function label({ kind, namespace, name }: AddressName, homeNamespace: string | undefined): string {
  const isElsewhere = namespace !== undefined && namespace !== homeNamespace;
  // A pod may be called 10.0.0.1.
  const prefix = kind === 'pod' && /^[\d.]+$/.test(name) ? 'pod/' : prefixes[kind];
  return printable(`${isElsewhere ? `${namespace}/` : ''}${prefix}${name}`);
}

function json({ kind, namespace = '', name }: AddressName): string {
  const value: JsonName = { kind, namespace, name };
  return printableJson(value);
}
