import koffi from 'koffi';
import { PwruError } from '../core/errors.ts';
import {
  type ClassicInstruction,
  decodeClassicProgram,
  encodeClassicProgram,
} from '../core/filter/classic-program.ts';
import {
  checkExpression,
  locateSyntaxError,
  protocolNames,
  tokenizeExpression,
} from '../core/filter/expression.ts';
import { type Ipv4Index, ipv4Indexes, rejectingIpv4Index } from '../core/filter/ipv4-index.ts';
import { addressOf } from './libc.ts';
import { openLibrary } from './library.ts';

/** Prototypes of libpcap 1.10 (pcap/pcap.h). */
interface Libpcap {
  openDead(linkType: number, snapLength: number): bigint | null;
  close(pcap: bigint): void;
  compile(
    pcap: bigint,
    programOut: Uint8Array,
    expression: string,
    optimize: number,
    netmask: number,
  ): number;
  freeCode(program: Uint8Array): void;
  getError(pcap: bigint): string;
  offlineFilter(program: Uint8Array, header: Uint8Array, packet: Uint8Array): number;
  validate(instructions: Uint8Array, count: number): number;
}

let loaded: Libpcap | undefined;

function libpcap(): Libpcap {
  if (loaded === undefined) {
    const library = openLibrary('libpcap.so.0.8');
    loaded = {
      openDead: library.func('void *pcap_open_dead(int, int)'),
      close: library.func('void pcap_close(void *)'),
      compile: library.func('int pcap_compile(void *, void *, const char *, int, uint32_t)'),
      freeCode: library.func('void pcap_freecode(void *)'),
      getError: library.func('const char *pcap_geterr(void *)'),
      offlineFilter: library.func('int pcap_offline_filter(void *, void *, void *)'),
      validate: library.func('int bpf_validate(void *, int)'),
    } as unknown as Libpcap;
  }
  return loaded;
}

/** Link types (pcap/dlt.h). */
export const linkTypes = { ethernet: 1, raw: 12 } as const;

/** struct bpf_program: u_int bf_len, struct bpf_insn *bf_insns (pcap/bpf.h). */
const PROGRAM_BYTES = 16;
/** struct pcap_pkthdr: struct timeval, bpf_u_int32 caplen, bpf_u_int32 len. */
const PACKET_HEADER_BYTES = 24;
const INSTRUCTION_BYTES = 8;

const NETMASK_UNKNOWN = 0xffff_ffff;
/** The largest that libpcap takes for Ethernet; it is what an accepting program returns, and means nothing else here. */
const SNAP_LENGTH_BYTES = 262_144;

/**
 * Compiles a pcap-filter(7) expression to optimised classic BPF.
 *
 * @throws PwruError as `checkExpression` does; FILTER_SYNTAX with libpcap's message, and the position where it can be
 *   found.
 */
export function compileExpression(expression: string, linkType: number): ClassicInstruction[] {
  checkExpression(expression);
  const compiled = compileUnchecked(expression, linkType);
  if (typeof compiled !== 'string') {
    checkProtocolNames(expression, linkType);
    return compiled;
  }
  if (compiled.includes(REJECTS_ALL)) {
    const index = rejectingIpv4Index(
      expression,
      (text) => typeof compileUnchecked(text, linkType) !== 'string',
    );
    if (index !== undefined) throw ipv4Only(index, compiled);
  }
  throw syntaxError(expression, compiled, (text) => {
    const beginning = compileUnchecked(text, linkType);
    return typeof beginning !== 'string' || !beginning.includes(SYNTAX_ERROR);
  });
}

/** The indexes of an expression that compiles which look at IPv4 only, as `ipv4Indexes` has them. */
export function findIpv4Indexes(expression: string): Ipv4Index[] {
  return ipv4Indexes(expression, (text) => {
    const compiled = compileUnchecked(text, linkTypes.ethernet);
    return typeof compiled === 'string' ? compiled : JSON.stringify(compiled);
  });
}

/** No protocol has it. */
const NO_PROTOCOL = 'pwru-no-protocol';

/**
 * Where getprotobyname_r(3) fails, libpcap 1.10.3 (nametoaddr.c, pcap_nametoproto) takes every name for protocol 0. Whether
 * it does shows in the place of each name: another name that no protocol has must be refused there.
 *
 * @throws PwruError FILTER_SYNTAX with the position of the name.
 */
function checkProtocolNames(expression: string, linkType: number): void {
  for (const { text, position } of protocolNames(expression)) {
    const escapeLength = expression[position] === '\\' ? 1 : 0;
    const before = expression.slice(0, position);
    const after = expression.slice(position + escapeLength + text.length);
    const other = compileUnchecked(`${before}${NO_PROTOCOL}${after}`, linkType);
    if (typeof other === 'string') continue;
    throw new PwruError(
      'FILTER_SYNTAX',
      `Cannot compile the filter: the name '${text}' cannot be looked up here, /etc/protocols is missing (Debian package netbase); use its number`,
      { field: 'start.filter', position },
    );
  }
}

/** What libpcap says of an expression outside its grammar ("can't parse filter expression: syntax error"). */
const SYNTAX_ERROR = 'syntax error';
/** ... and of one that contradicts itself. */
const REJECTS_ALL = 'expression rejects all packets';

/** @returns the program, or libpcap's message. */
function compileUnchecked(expression: string, linkType: number): ClassicInstruction[] | string {
  const pcap = libpcap().openDead(linkType, SNAP_LENGTH_BYTES);
  if (pcap === null) throw new PwruError('SYSTEM', 'Cannot open a libpcap handle: out of memory');
  try {
    const program = Buffer.alloc(PROGRAM_BYTES);
    if (libpcap().compile(pcap, program, expression, 1, NETMASK_UNKNOWN) !== 0) {
      return libpcap().getError(pcap);
    }
    try {
      const lengthBytes = program.readUInt32LE(0) * INSTRUCTION_BYTES;
      const view = koffi.view(program.readBigUInt64LE(8), lengthBytes);
      return decodeClassicProgram(new Uint8Array(view));
    } finally {
      libpcap().freeCode(program);
    }
  } finally {
    libpcap().close(pcap);
  }
}

function ipv4Only({ protocol, position, inIpv6 }: Ipv4Index, message: string): PwruError {
  return new PwruError(
    'FILTER_SYNTAX',
    `Cannot compile the filter: ${message}: ${protocol}[N] looks at IPv4 only, and the rest asks for IPv6, which has ${inIpv6}`,
    { field: 'start.filter', position },
  );
}

function syntaxError(
  expression: string,
  message: string,
  parses: (text: string) => boolean,
): PwruError {
  const field = 'start.filter';
  if (!message.includes(SYNTAX_ERROR)) {
    const [, quoted] = /['"]([^'"]+)['"]/.exec(message) ?? [];
    const named = tokenizeExpression(expression).find(
      ({ position }) => quoted !== undefined && expression.startsWith(quoted, position),
    );
    const place = named === undefined ? {} : { position: named.position };
    return new PwruError('FILTER_SYNTAX', `Cannot compile the filter: ${message}`, {
      field,
      ...place,
    });
  }
  const position = locateSyntaxError(expression, parses);
  const [word] = tokenizeExpression(expression.slice(position));
  const where = word === undefined ? 'it ends too early' : `"${word.text}" at position ${position}`;
  return new PwruError('FILTER_SYNTAX', `Cannot compile the filter: syntax error, ${where}`, {
    field,
    position,
  });
}

/** bpf_validate: whether libpcap's interpreter can run a program. */
export function isValidProgram(program: readonly ClassicInstruction[]): boolean {
  return libpcap().validate(encodeClassicProgram(program), program.length) !== 0;
}

/** libpcap's own interpreter for a program: the reference for what the compiled filter must do. */
export class OfflineFilter {
  readonly #instructions: Uint8Array;
  readonly #program = Buffer.alloc(PROGRAM_BYTES);
  readonly #header = Buffer.alloc(PACKET_HEADER_BYTES);

  /** @param program valid: libpcap aborts the process on unknown instructions. */
  constructor(program: readonly ClassicInstruction[]) {
    this.#instructions = encodeClassicProgram(program);
    this.#program.writeUInt32LE(program.length, 0);
    this.#program.writeBigUInt64LE(addressOf(this.#instructions), 8);
  }

  /** pcap_offline_filter: what the program returns for a packet of which `captured` is the beginning. */
  run(captured: Uint8Array, wireBytes: number): number {
    this.#header.writeUInt32LE(captured.length, 16);
    this.#header.writeUInt32LE(wireBytes, 20);
    return libpcap().offlineFilter(this.#program, this.#header, captured) >>> 0;
  }
}
