import Long from 'long';
import { describe, expect, it } from 'vitest';
import { pwru } from '../../../../proto/gen/pwru.js';
import { type EventFields, eventBytes, Random } from '../../../../test/support/event-records.ts';
import { EventEncoder } from './encoder.ts';
import type { EventNames } from './event-names.ts';
import {
  HIT,
  PWRU_FLAG_DROP,
  PWRU_FLAG_FREED,
  PWRU_FLAG_VLAN,
  PWRU_KIND_END,
  PWRU_STACK_FRAMES,
  PWRU_TUPLE_PORTS,
} from './layout.ts';
import { EventRecord } from './record-view.ts';

const { TraceResponse } = pwru.v1;

const names: EventNames = {
  functionAt: (address) => ({
    name: `function_${address.toString(16)}`,
    module: address % 2n === 0n ? '' : 'nf_nat',
    tracepoint: address < 4096n,
  }),
  codeLocationAt: (address) => ({
    symbol: `symbol_${address.toString(16)}`,
    offsetBytes: Number(address & 0xffn),
    module: '',
  }),
  dropReasonName: (value) => `REASON_${value}`,
  networkNamespaceOf: (inode) => ({ name: inode % 2 === 0 ? '' : `ns-${inode}` }),
};

function recordOf(bytes: Uint8Array, cpu: number): EventRecord {
  const memory = new ArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return new EventRecord(cpu, memory);
}

/** Only what was on the wire: 64-bit numbers as decimal text, bytes as base64, empty lists left out. */
function plainOf(message: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(message)
      .filter(([, value]) => !Array.isArray(value) || value.length > 0)
      .map(([name, value]) => [name, plainValue(value)]),
  );
}

function plainValue(value: unknown): unknown {
  if (Long.isLong(value)) return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? plainOf(value)
    : value;
}

/** A client's view: events with their ids replaced by what the dictionary said before. */
class Client {
  readonly events: Array<Record<string, unknown>> = [];
  repeats = 0;
  readonly namespaces = new Map<number, string>();
  readonly #entries = new Map<string, pwru.v1.IDictionaryEntry>();

  receive(response: Uint8Array | undefined): void {
    if (response === undefined) return;
    const decoded = TraceResponse.decode(response);
    for (const entry of decoded.dictionary?.entries ?? []) this.#learn(entry);
    let before: pwru.v1.IEvent = {};
    for (const [index, event] of (decoded.events?.events ?? []).entries()) {
      if (event.repeatsPacket === true) {
        expect(index, 'the first event of a batch has all its fields').not.toBe(0);
        this.repeats++;
      }
      const own = {
        bootTimeNs: Long.UZERO,
        dropReasonId: 0,
        dropLocationId: 0,
        stackLocationIds: [],
        ...{ kind: 0, endsBuffer: false },
      };
      before = event.repeatsPacket === true ? { ...before, ...own, ...event } : event;
      this.events.push(this.#resolve(before));
    }
  }

  #learn(entry: pwru.v1.IDictionaryEntry): void {
    const kind = Object.keys(plainOf(entry)).find((name) => name !== 'id');
    const key = `${kind} ${entry.id}`;
    expect(entry.id, 'ids are never 0').not.toBe(0);
    expect(this.#entries.has(key), `${key} is sent once`).toBe(false);
    this.#entries.set(key, entry);
    const namespace = entry.networkNamespace;
    if (namespace) this.namespaces.set(Number(namespace.inode), String(namespace.name));
  }

  #resolve(event: pwru.v1.IEvent): Record<string, unknown> {
    const plain = plainOf(event);
    const entry = (kind: string, id: number | null | undefined) => {
      if (!id) return undefined;
      const found = this.#entries.get(`${kind} ${id}`);
      expect(found, `${kind} ${id} was sent before it is used`).toBeDefined();
      return found;
    };
    return {
      ...plain,
      function: entry('function', event.functionId)?.function,
      interface: entry('interface', event.interfaceId)?.interface,
      process: entry('process', event.processId)?.process,
      dropReason: entry('dropReason', event.dropReasonId)?.dropReason,
      dropLocation: entry('codeLocation', event.dropLocationId)?.codeLocation?.symbol,
      stack: (event.stackLocationIds ?? []).map(
        (id) => entry('codeLocation', id)?.codeLocation?.symbol,
      ),
    };
  }
}

function randomFields(random: Random): EventFields {
  const wide = () => (BigInt(random.word()) << 32n) | BigInt(random.word());
  const sometimes = <T>(value: T, otherwise: T) => (random.below(4) === 0 ? otherwise : value);
  const addressBytes = () => Uint8Array.from({ length: 16 }, () => random.below(256));
  const text = (limit: number) =>
    `n${random.below(50)}`.padEnd(1 + random.below(limit), 'x').slice(0, limit);
  const stack = Array.from({ length: random.below(PWRU_STACK_FRAMES + 1) }, () =>
    sometimes(0xffff_ffff_8100_0000n + BigInt(random.below(300)), wide()),
  );
  const fields: EventFields = {
    time_ns: sometimes(wide(), BigInt(random.below(3))),
    place: random.pick([0xffff_ffff_8100_0000n + BigInt(random.below(40)), 4095n, wide()]),
    skb: sometimes(wide(), 0n),
    packet_id: random.pick([0n, BigInt(random.below(300)), wide()]),
    location: sometimes(wide(), 0n),
    reason: random.pick([2, random.below(80), random.word()]),
    netns: sometimes(4_026_531_840 + random.below(5), 0),
    ifindex: sometimes(1 + random.below(4), 0),
    mark: random.pick([0, random.word()]),
    len: random.pick([0, random.below(200), random.word()]),
    mtu: random.pick([0, 1500, random.word()]),
    task: random.pick([0, random.below(100), random.word()]),
    ether_type: random.pick([0, 0x0800, 0x86dd, random.below(65536)]),
    vlan_tci: random.below(65536),
    outer_sport: sometimes(random.below(65536), 0),
    outer_dport: sometimes(random.below(65536), 0),
    outer_icmp: sometimes(random.below(65536), 0),
    outer_ip_version: random.pick([0, 4, 6]),
    outer_l4_proto: random.below(256),
    outer_tcp_flags: random.below(256),
    flags: random.below(8),
    outer_flags: random.below(2),
    outer_fragment_bytes: sometimes(0, 8 * random.below(8192)),
    outer_saddr: addressBytes(),
    outer_daddr: addressBytes(),
    mtu_source: sometimes(0, random.below(3)),
    mtu_ifindex: sometimes(0, random.word()),
    inner_kind: sometimes(0, random.below(6)),
    inner_value: random.pick([0, random.word()]),
    inner_bytes: random.pick([0, 20, 28, 39, 56]),
    inner: innerBytes(random),
    comm: text(15),
    ifname: text(15),
  };
  return random.below(3) === 0 ? { ...fields, stack } : fields;
}

/** The beginning of an IP packet, or of something else. */
function innerBytes(random: Random): Uint8Array {
  const bytes = Uint8Array.from({ length: HIT.inner.size }, () => random.below(256));
  bytes[0] = random.pick([0x45, 0x46, 0x60, 0x60, random.below(256)]);
  if (random.below(3) !== 0) bytes[6] = bytes[7] = 0;
  bytes[bytes[0] >> 4 === 4 ? 9 : 6] = random.pick([1, 6, 17, 44, 58, 132, random.below(256)]);
  return bytes;
}

/** Of pwru.v1.PacketDetails what is asked of every packet, and of what is inside what lies at fixed places. */
function expectedDetails(fields: EventFields): Record<string, unknown> | undefined {
  const number = (name: keyof EventFields) => Number(fields[name] ?? 0);
  const withPorts = [6, 17, 132].includes(number('outer_l4_proto'));
  const details = {
    noPorts: withPorts && (number('outer_flags') & PWRU_TUPLE_PORTS) === 0,
    fragmentOffsetBytes: number('outer_fragment_bytes'),
    mtuSource: number('mtu_source'),
    mtuInterfaceIndex: number('mtu_ifindex'),
    inner: expectedInner(fields),
  };
  const { mtuInterfaceIndex: _, ...telling } = details;
  const isTold =
    Object.values(telling).some((value) => value !== 0 && value !== false && value !== undefined) ||
    number('inner_kind') !== 0;
  return isTold ? details : undefined;
}

function expectedInner(fields: EventFields): Record<string, unknown> | undefined {
  const kind = Number(fields.inner_kind ?? 0);
  const packet = Buffer.from(fields.inner as Uint8Array).subarray(0, Number(fields.inner_bytes));
  const version = (packet[0] ?? 0) >> 4;
  const isV4 = version === 4 && packet.length >= 20;
  if (kind === 0 || (!isV4 && (version !== 6 || packet.length < 40))) return undefined;
  const [source, destination, length] = isV4 ? [12, 16, 4] : [8, 24, 16];
  const address = (at: number) => packet.subarray(at, at + length).toString('base64');
  return {
    kind,
    value: Number(fields.inner_value),
    ipVersion: version,
    sourceAddress: address(source),
    destinationAddress: address(destination),
    ...(isV4 ? { ipProtocol: packet[9], ...expectedPorts(packet) } : {}),
  };
}

/** Of an IPv4 packet. */
function expectedPorts(packet: Buffer): Record<string, unknown> {
  const at = ((packet[0] ?? 0) & 0xf) * 4;
  const fragmentOffsetBytes = (packet.readUInt16BE(6) & 0x1fff) * 8;
  const withPorts = [6, 17, 132].includes(packet[9] ?? 0);
  const has = withPorts && fragmentOffsetBytes === 0 && at + 4 <= packet.length;
  return {
    fragmentOffsetBytes,
    noPorts: withPorts && !has,
    sourcePort: has ? packet.readUInt16BE(at) : 0,
    destinationPort: has ? packet.readUInt16BE(at + 2) : 0,
  };
}

/** What a client has to see for these fields, from the comments of event.proto and record.h. */
function expectedOf(fields: EventFields, cpu: number) {
  const number = (name: keyof EventFields) => Number(fields[name] ?? 0);
  const flags = number('flags');
  const drop = (flags & PWRU_FLAG_DROP) !== 0;
  const vlan = (flags & PWRU_FLAG_VLAN) !== 0;
  const addressBytes = number('outer_ip_version') === 4 ? 4 : 16;
  const address = (name: 'outer_saddr' | 'outer_daddr') =>
    Buffer.from((fields[name] as Uint8Array).subarray(0, addressBytes)).toString('base64');
  const func = BigInt(fields.place as bigint);
  const location = BigInt(fields.location as bigint);
  const symbol = (at: bigint) => (at === 0n ? undefined : `symbol_${at.toString(16)}`);
  return {
    bootTimeNs: String(fields.time_ns),
    skbAddress: String(fields.skb),
    packetId: String(fields.packet_id),
    cpu,
    netnsInode: number('netns'),
    mark: number('mark'),
    lengthBytes: number('len'),
    mtuBytes: number('mtu'),
    etherType: number('ether_type'),
    ipVersion: number('outer_ip_version'),
    sourceAddress: number('outer_ip_version') === 0 ? '' : address('outer_saddr'),
    destinationAddress: number('outer_ip_version') === 0 ? '' : address('outer_daddr'),
    ipProtocol: number('outer_l4_proto'),
    sourcePort: number('outer_sport'),
    destinationPort: number('outer_dport'),
    tcpFlags: number('outer_tcp_flags'),
    icmpTypeCode: number('outer_icmp'),
    vlanTci: vlan ? number('vlan_tci') : 0,
    hasVlan: vlan,
    function: names.functionAt(func),
    interface:
      number('ifindex') === 0
        ? undefined
        : { netnsInode: number('netns'), index: number('ifindex'), name: fields.ifname },
    process: {
      pid: number('task') % 2 ** 22,
      name: fields.comm,
      context: Math.floor(number('task') / 2 ** 30),
    },
    dropReason: drop ? { value: number('reason'), name: `REASON_${number('reason')}` } : undefined,
    dropLocation: drop ? symbol(location) : undefined,
    stack: (fields.stack ?? []).map(symbol),
    details: expectedDetails(fields),
  };
}

const longs: ReadonlySet<string> = new Set(['bootTimeNs', 'skbAddress', 'packetId']);

/** The client's event in the form of `expectedOf`: zero fields, which are absent, as zero. */
function normalised(
  event: Record<string, unknown>,
  like: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(like).map(([name, value]) => [
      name,
      longs.has(name) ? (event[name] ?? '0') : normalisedValue(event[name], value),
    ]),
  );
}

function normalisedValue(got: unknown, like: unknown): unknown {
  if (typeof like === 'object' && like !== null && !Array.isArray(like)) {
    const parts = (got ?? {}) as Record<string, unknown>;
    return normalised(parts, like as Record<string, unknown>);
  }
  if (like === undefined) return got;
  return got ?? (typeof like === 'number' ? 0 : typeof like === 'boolean' ? false : '');
}

/** The same packet a little later, in another function; now and then with one field that differs. */
function nextFields(random: Random, fields: EventFields): EventFields {
  const { stack: _before, ...before } = fields;
  const other = randomFields(random);
  const { time_ns = 0, place = 0, location = 0, reason = 0, stack } = other;
  const flags = (Number(before.flags ?? 0) & PWRU_FLAG_VLAN) | (random.below(2) * PWRU_FLAG_DROP);
  const next = { ...before, time_ns, place, location, reason, flags };
  const name = random.pick(Object.keys(other) as [keyof EventFields, ...Array<keyof EventFields>]);
  const changed = random.below(3) === 0 && name !== 'stack' ? { [name]: other[name] } : {};
  return { ...next, ...changed, ...(stack === undefined ? {} : { stack }) };
}

describe('EventEncoder', () => {
  it.each([1, 2, 3, 4])(
    'decodes with the generated code to the record it came from (seed %i)',
    (seed) => {
      const random = new Random(seed * 7919);
      const encoder = new EventEncoder(names, { hashSeed: seed });
      const client = new Client();
      const expected: Array<ReturnType<typeof expectedOf>> = [];
      const flush = () => {
        client.receive(encoder.dictionary.take());
        client.receive(encoder.take());
      };
      for (let index = 0; index < 800; index++) {
        const fields = randomFields(random);
        const cpu = random.below(300);
        const record = recordOf(
          eventBytes(fields, random.below(2) === 0 || fields.stack !== undefined),
          cpu,
        );
        expect(record.isWellFormed(record.bytes.length)).toBe(true);
        if (encoder.isFull || random.below(200) === 0) flush();
        encoder.append(record);
        expected.push(expectedOf(fields, cpu));
      }
      flush();
      expect(client.events.length).toBe(expected.length);
      for (const [index, like] of expected.entries()) {
        expect(normalised(client.events[index] ?? {}, like), `event ${index}`).toEqual(like);
        const inode = like.netnsInode;
        if (inode !== 0)
          expect(client.namespaces.get(inode)).toBe(names.networkNamespaceOf(inode).name);
      }
    },
  );

  it('says of a packet that repeats only what is new, and loses nothing by it', () => {
    const random = new Random(31);
    const encoder = new EventEncoder(names, { hashSeed: 1, shortRepeats: true });
    const client = new Client();
    const expected: Array<ReturnType<typeof expectedOf>> = [];
    const flush = () => {
      client.receive(encoder.dictionary.take());
      client.receive(encoder.take());
    };
    let fields = randomFields(random);
    for (let index = 0; index < 1_000; index++) {
      fields = random.below(10) === 0 ? randomFields(random) : nextFields(random, fields);
      const cpu = index % 97 === 0 ? 1 : 0;
      if (encoder.isFull || random.below(100) === 0) flush();
      encoder.append(recordOf(eventBytes(fields, true), cpu));
      expected.push(expectedOf(fields, cpu));
    }
    flush();
    for (const [index, like] of expected.entries())
      expect(normalised(client.events[index] ?? {}, like), `event ${index}`).toEqual(like);
    expect(client.events.length).toBe(expected.length);
    expect(client.repeats).toBeGreaterThan(400);
    expect(client.repeats).toBeLessThan(950);
  });

  it('tells ends and what ends a buffer to a client that asks for it, and loses nothing by it', () => {
    const random = new Random(77);
    const encoder = new EventEncoder(names, { hashSeed: 1, shortRepeats: true, tellsEnds: true });
    const client = new Client();
    const expected: Array<Record<string, unknown>> = [];
    let fields = randomFields(random);
    for (let index = 0; index < 500; index++) {
      fields = random.below(10) === 0 ? randomFields(random) : nextFields(random, fields);
      if (encoder.isFull) {
        client.receive(encoder.dictionary.take());
        client.receive(encoder.take());
      }
      const flags = Number(fields.flags ?? 0) | (random.below(2) * PWRU_FLAG_FREED);
      encoder.append(recordOf(eventBytes({ ...fields, flags }, true), 0));
      const endsBuffer = (flags & PWRU_FLAG_FREED) !== 0;
      expected.push({ ...expectedOf(fields, 0), kind: 0, endsBuffer });
      if (random.below(3) !== 0) continue;
      const { time_ns = 0, place = 0, packet_id = 0, skb = 0 } = randomFields(random);
      const end = { kind: PWRU_KIND_END, time_ns, place, packet_id, skb, flags: PWRU_FLAG_FREED };
      encoder.appendEnd(recordOf(eventBytes(end), 2));
      expected.push({
        ...{ bootTimeNs: String(time_ns), skbAddress: String(skb), packetId: String(packet_id) },
        ...{ function: names.functionAt(BigInt(place as bigint)), cpu: 2, mark: 0, ipVersion: 0 },
        ...{ dropReason: undefined, stack: [], kind: 1, endsBuffer: true },
      });
    }
    client.receive(encoder.dictionary.take());
    client.receive(encoder.take());
    for (const [index, like] of expected.entries())
      expect(normalised(client.events[index] ?? {}, like), `event ${index}`).toEqual(like);
    expect(client.events.length).toBe(expected.length);
    expect(client.repeats).toBeGreaterThan(100);
  });

  it('leaves out every field that is zero', () => {
    const encoder = new EventEncoder(names, { hashSeed: 1 });
    encoder.append(recordOf(eventBytes({ place: 0xffff_ffff_8100_0000n, comm: 'a' }), 0));
    const [event] = TraceResponse.decode(encoder.take() ?? new Uint8Array()).events?.events ?? [];
    expect(plainOf(event ?? {})).toEqual({ functionId: 1, processId: 1 });
  });

  it('ends a batch within 64 KiB, whatever the records are', () => {
    const largestInner = new Uint8Array(HIT.inner.size).fill(255);
    largestInner.set([0x60, 0, 0, 0, 0, 0, 6]);
    const encoder = new EventEncoder(names, { hashSeed: 1 });
    const largest = eventBytes({
      time_ns: 2n ** 64n - 1n,
      place: 1n,
      skb: 2n ** 64n - 1n,
      packet_id: 2n ** 64n - 1n,
      netns: 2 ** 32 - 1,
      ifindex: 2 ** 32 - 1,
      mark: 2 ** 32 - 1,
      len: 2 ** 32 - 1,
      mtu: 2 ** 32 - 1,
      task: 2 ** 32 - 1,
      ether_type: 65535,
      vlan_tci: 65535,
      outer_sport: 65535,
      outer_dport: 65535,
      outer_icmp: 65535,
      outer_ip_version: 6,
      outer_l4_proto: 255,
      outer_tcp_flags: 255,
      outer_fragment_bytes: 65528,
      mtu_source: 255,
      mtu_ifindex: 2 ** 32 - 1,
      inner_kind: 255,
      inner_bytes: 255,
      inner_value: 2 ** 32 - 1,
      inner: largestInner,
      flags: PWRU_FLAG_VLAN | PWRU_FLAG_DROP,
      location: 3n,
      outer_saddr: new Uint8Array(16).fill(255),
      outer_daddr: new Uint8Array(16).fill(255),
      stack: Array.from({ length: PWRU_STACK_FRAMES }, (_, index) => BigInt(index + 70_000)),
    });
    const record = recordOf(largest, 2 ** 32 - 1);
    let events = 0;
    while (!encoder.isFull) {
      encoder.append(record);
      events += 1;
    }
    const batch = encoder.take() ?? new Uint8Array();
    expect(batch.length).toBeLessThanOrEqual(64 * 1024);
    expect(batch.length).toBeGreaterThan(62 * 1024);
    expect(TraceResponse.decode(batch).events?.events?.length).toBe(events);
    expect(encoder.take()).toBeUndefined();
  });

  it('ends a batch when its dictionary reaches 64 KiB', () => {
    const encoder = new EventEncoder(names, { hashSeed: 1 });
    let events = 0;
    for (; !encoder.isFull; events++) {
      encoder.append(
        recordOf(eventBytes({ place: 5n, task: events, comm: `process-${events}` }), 0),
      );
    }
    const dictionary = encoder.dictionary.take() ?? new Uint8Array();
    expect(dictionary.length).toBeGreaterThanOrEqual(64 * 1024);
    expect(dictionary.length).toBeLessThan(65 * 1024);
    expect(encoder.isFull).toBe(false);
    expect(TraceResponse.decode(encoder.take() ?? dictionary).events?.events?.length).toBe(events);
  });

  it('replaces bytes of a process name that are not UTF-8', () => {
    const encoder = new EventEncoder(names, { hashSeed: 1 });
    encoder.append(
      recordOf(eventBytes({ place: 5n, comm: Uint8Array.of(0x61, 0xff, 0x62, 0, 0x63) }), 0),
    );
    const entries = TraceResponse.decode(encoder.dictionary.take() ?? new Uint8Array()).dictionary
      ?.entries;
    expect(entries?.map((entry) => entry.process?.name)).toContain('a\ufffdb');
  });
});
