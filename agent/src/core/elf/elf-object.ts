import { PwruError } from '../errors.ts';

/** A section's header (ELF-64 object file format 1.5, section 6). */
export interface ElfSection {
  readonly index: number;
  readonly type: number;
  /** Place in the file. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** For a symbol table its string table, for relocations their symbol table. */
  readonly link: number;
  /** For relocations the section that they change. */
  readonly info: number;
}

/** A function symbol. */
export interface ElfFunction {
  readonly name: string;
  readonly section: ElfSection;
  /** Place in its section. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** Place of its st_size field in the file. */
  readonly sizeFieldOffset: number;
}

/** Section types (SHT_*), symbol type STT_FUNC and the machine number of BPF: elf.h. */
const SHT_PROGBITS = 1;
const SHT_SYMTAB = 2;
const SHT_RELA = 4;
const SHT_NOBITS = 8;
const SHT_REL = 9;
const STT_FUNC = 2;
const EM_BPF = 247;

const ELF_HEADER_BYTES = 64;
const SECTION_HEADER_BYTES = 64;
const SYMBOL_BYTES = 24;

/** A compiled BPF object: relocatable ELF-64, little endian. Every place in it is checked against the file's length. */
export class ElfObject {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly sections: readonly ElfSection[];

  /** @throws PwruError SYSTEM when the bytes are not a BPF object, or are cut short. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#checkHeader();
    this.sections = this.#readSections();
  }

  /** @throws PwruError SYSTEM when there is no function of this name, or more than one. */
  function(name: string): ElfFunction {
    const found = this.sections
      .filter((section) => section.type === SHT_SYMTAB)
      .flatMap((table) => this.#functionsIn(table))
      .filter((symbol) => symbol.name === name);
    const [symbol] = found;
    if (symbol === undefined || found.length > 1) {
      throw malformed(`it has ${found.length} functions named ${name}, not one`);
    }
    if (symbol.section.type !== SHT_PROGBITS) {
      throw malformed(`function ${name} is in a section of type ${symbol.section.type}, not code`);
    }
    if (symbol.offset + symbol.sizeBytes > symbol.section.sizeBytes) {
      throw malformed(`function ${name} crosses the end of its section`);
    }
    return symbol;
  }

  /** Offsets in `section` that a linker or libbpf is to fill in. */
  relocatedOffsets(section: ElfSection): number[] {
    return this.sections
      .filter(({ type, info }) => (type === SHT_REL || type === SHT_RELA) && info === section.index)
      .flatMap(({ type, offset, sizeBytes }) => {
        const entryBytes = type === SHT_REL ? 16 : 24;
        const entries = Math.floor(sizeBytes / entryBytes);
        return Array.from({ length: entries }, (_, entry) =>
          Number(this.#view.getBigUint64(offset + entry * entryBytes, true)),
        );
      });
  }

  #checkHeader(): void {
    if (this.#bytes.length < ELF_HEADER_BYTES) {
      throw malformed(`it has ${this.#bytes.length} bytes, less than an ELF header`);
    }
    if (this.#view.getUint32(0, false) !== 0x7f454c46) throw malformed('it is not an ELF file');
    if (this.#view.getUint8(4) !== 2 || this.#view.getUint8(5) !== 1) {
      throw malformed('it is not a 64-bit little-endian ELF file');
    }
    const machine = this.#view.getUint16(18, true);
    if (machine !== EM_BPF) throw malformed(`it is for machine ${machine}, not BPF (${EM_BPF})`);
  }

  #readSections(): ElfSection[] {
    const start = this.#word(40, 'the section headers');
    const headerBytes = this.#view.getUint16(58, true);
    const count = this.#view.getUint16(60, true);
    if (headerBytes !== SECTION_HEADER_BYTES) {
      throw malformed(`its section headers have ${headerBytes} bytes, not ${SECTION_HEADER_BYTES}`);
    }
    this.#requireBytes(start, count * SECTION_HEADER_BYTES, 'the section headers');
    return Array.from({ length: count }, (_, index) =>
      this.#readSection(start + index * SECTION_HEADER_BYTES, index),
    );
  }

  #readSection(header: number, index: number): ElfSection {
    const section = {
      index,
      type: this.#view.getUint32(header + 4, true),
      offset: this.#word(header + 24, `section ${index}`),
      sizeBytes: this.#word(header + 32, `section ${index}`),
      link: this.#view.getUint32(header + 40, true),
      info: this.#view.getUint32(header + 44, true),
    };
    if (section.type !== SHT_NOBITS) {
      this.#requireBytes(section.offset, section.sizeBytes, `section ${index}`);
    }
    return section;
  }

  #functionsIn(table: ElfSection): ElfFunction[] {
    const strings = this.#sectionAt(table.link, 'the string table');
    const functions: ElfFunction[] = [];
    const end = table.offset + Math.floor(table.sizeBytes / SYMBOL_BYTES) * SYMBOL_BYTES;
    for (let symbol = table.offset; symbol < end; symbol += SYMBOL_BYTES) {
      if ((this.#view.getUint8(symbol + 4) & 0xf) !== STT_FUNC) continue;
      const name = this.#string(strings, this.#view.getUint32(symbol, true));
      functions.push({
        name,
        section: this.#sectionAt(this.#view.getUint16(symbol + 6, true), `function ${name}`),
        offset: this.#word(symbol + 8, `function ${name}`),
        sizeBytes: this.#word(symbol + 16, `function ${name}`),
        sizeFieldOffset: symbol + 16,
      });
    }
    return functions;
  }

  #string(table: ElfSection, offset: number): string {
    const bytes = this.#bytes.subarray(table.offset + offset, table.offset + table.sizeBytes);
    const end = bytes.indexOf(0);
    if (end < 0) throw malformed('a symbol name is cut short');
    return new TextDecoder().decode(bytes.subarray(0, end));
  }

  #sectionAt(index: number, what: string): ElfSection {
    const section = this.sections[index];
    if (section === undefined) throw malformed(`${what} is in section ${index}, which is missing`);
    return section;
  }

  /** A 64-bit number that is a place in the file or a size. */
  #word(offset: number, what: string): number {
    const value = this.#view.getBigUint64(offset, true);
    if (value > 0xffff_ffffn) throw malformed(`${what} has the size or place ${value}`);
    return Number(value);
  }

  #requireBytes(offset: number, sizeBytes: number, what: string): void {
    if (offset + sizeBytes > this.#bytes.length) {
      throw malformed(
        `${what} would end at byte ${offset + sizeBytes}, the file has ${this.#bytes.length}`,
      );
    }
  }
}

function malformed(what: string): PwruError {
  return new PwruError('SYSTEM', `Cannot read the BPF object: ${what}`);
}
