/** A type of `bpftool btf dump file FILE format raw -j`. */
interface DumpedType {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly type_id?: number;
  readonly ret_type_id?: number;
  readonly size?: number;
  readonly params?: ReadonlyArray<{ readonly name: string; readonly type_id: number }>;
  readonly values?: ReadonlyArray<{ readonly name: string; readonly val: number }>;
}

const modifiers = new Set(['CONST', 'VOLATILE', 'RESTRICT', 'TYPEDEF', 'TYPE_TAG']);

/**
 * What bpftool says about skbs in a kernel's BTF: the oracle for our own reader. Works on bpftool's decoding and follows
 * each argument's type by itself; shares no code with agent/src.
 */
export class BpftoolBtf {
  readonly #own: readonly DumpedType[];
  readonly #byId: ReadonlyMap<number, DumpedType>;

  /** @param json of the object. @param baseJson of vmlinux when the object is a module. */
  constructor(json: string, baseJson?: string) {
    const base = baseJson === undefined ? [] : typesOf(baseJson);
    this.#own = typesOf(json).filter((type) => type.id > base.length);
    this.#byId = new Map([...base, ...this.#own].map((type) => [type.id, type]));
  }

  /** `NAME ARGUMENT KIND` of each function with an skb among its first five arguments, sorted. */
  skbFunctions(): string[] {
    const found = new Set<string>();
    for (const type of this.#own) {
      if (type.kind !== 'FUNC') continue;
      const skb = this.#firstSkb(this.#type(type.type_id)?.params?.slice(0, 5) ?? []);
      if (skb !== undefined) found.add(`${type.name} ${skb.position} ${skb.kind}`);
    }
    return [...found].sort();
  }

  /** `NAME ARGUMENT` of each raw tracepoint with an skb, sorted. */
  skbTracepoints(): string[] {
    const found: string[] = [];
    for (const type of this.#own) {
      if (type.kind !== 'TYPEDEF' || !type.name.startsWith('btf_trace_')) continue;
      const prototype = this.#type(this.#type(type.type_id)?.type_id);
      const skb = this.#firstSkb(prototype?.params?.slice(1) ?? []);
      if (skb !== undefined) found.push(`${type.name.replace('btf_trace_', '')} ${skb.position}`);
    }
    return found.sort();
  }

  /** Values of an enum as [name, unsigned value]. */
  enumValues(name: string): Array<[string, number]> {
    const found = this.#own.find((type) => type.kind === 'ENUM' && type.name === name);
    return (found?.values ?? []).map((value) => [
      value.name,
      Number(BigInt(value.val) & 0xffff_ffffn),
    ]);
  }

  #firstSkb(
    parameters: NonNullable<DumpedType['params']>,
  ): { position: number; kind: string } | undefined {
    for (const [index, parameter] of parameters.entries()) {
      const kind = this.#kindOfArgument(parameter.type_id);
      if (kind !== undefined) return { position: index + 1, kind };
    }
    return undefined;
  }

  #kindOfArgument(id: number): string | undefined {
    const argument = this.#resolve(id);
    if (argument.type?.kind !== 'PTR') return undefined;
    const target = this.#resolve(argument.type.type_id);
    if (isSkb(target.type)) return target.isConst ? 'const-pointer' : 'pointer';
    if (target.type?.kind !== 'PTR') return undefined;
    return isSkb(this.#resolve(target.type.type_id).type) ? 'pointer-to-pointer' : undefined;
  }

  #resolve(id: number | undefined): { type: DumpedType | undefined; isConst: boolean } {
    let type = this.#type(id);
    let isConst = false;
    while (type !== undefined && modifiers.has(type.kind)) {
      isConst ||= type.kind === 'CONST';
      type = this.#type(type.type_id);
    }
    return { type, isConst };
  }

  #type(id: number | undefined): DumpedType | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }
}

function isSkb(type: DumpedType | undefined): boolean {
  return type?.name === 'sk_buff' && (type.kind === 'STRUCT' || type.kind === 'FWD');
}

function typesOf(json: string): DumpedType[] {
  const { types } = JSON.parse(json) as { types: DumpedType[] };
  return types;
}
