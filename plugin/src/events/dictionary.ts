import type { pwru } from '../../../proto/gen/pwru.js';
import { printable, printableJson } from '../terminal/text.ts';
import { Fragment } from '../terminal/text-buffer.ts';
import { wordsOfDropClass } from './drop-class.ts';
import type {
  JsonDrop,
  JsonFunction,
  JsonInterface,
  JsonLocation,
  JsonNetns,
  JsonPod,
  JsonProcess,
} from './json-shapes.ts';

/**
 * What the ids in events stand for. The agent sends an entry once, before the first event that refers to it, so none
 * can be forgotten: this grows with the different functions, interfaces, processes and locations of one session.
 * An id that was never sent (an agent's mistake) is shown as `#ID`; id 0 stands for nothing.
 */
export class Dictionary {
  readonly #functions = new Map<number, Name>();
  readonly #interfaces = new Map<number, Name>();
  /** By network namespace and index: the latest name. */
  readonly #interfacesAt = new Map<string, Name>();
  readonly #processes = new Map<number, Name>();
  readonly #dropReasons = new Map<number, Name>();
  /** By the id of the drop reason. */
  readonly #dropMeanings = new Map<number, Name>();
  readonly #dropClasses = new Map<number, pwru.v1.DropClass>();
  readonly #codeLocations = new Map<number, Name>();
  /** By inode number, which events carry themselves. */
  readonly #netns = new Map<number, Name>();
  /** Inode number of the node's own network namespace; undefined while it is not known. */
  #nodeNetns: number | undefined;
  readonly #homeNamespace: string | undefined;
  #revision = 0;

  /** @param homeNamespace the one that the trace is about: its pods are labelled by their names alone */
  constructor(homeNamespace?: string) {
    this.#homeNamespace = homeNamespace;
  }

  /** Grows with each `add`: what was made of names before may be outdated. */
  get revision(): number {
    return this.#revision;
  }

  add(entries: readonly pwru.v1.DictionaryEntry.$Properties[]): void {
    this.#revision++;
    for (const entry of entries) this.#addEntry(entry.id ?? 0, entry);
  }

  #addEntry(id: number, entry: pwru.v1.DictionaryEntry.$Properties): void {
    if (entry.function) this.#functions.set(id, functionName(entry.function));
    else if (entry.interface) this.#addInterface(id, entry.interface);
    else if (entry.process) this.#processes.set(id, processName(entry.process));
    else if (entry.dropReason) {
      this.#dropReasons.set(id, dropReasonName(entry.dropReason));
      this.#dropMeanings.set(id, dropMeaning(entry.dropReason));
      this.#dropClasses.set(id, entry.dropReason.dropClass ?? 0);
    } else if (entry.codeLocation) this.#codeLocations.set(id, locationName(entry.codeLocation));
    else if (entry.networkNamespace) {
      const { networkNamespace } = entry;
      const name = netnsName(networkNamespace, this.#homeNamespace);
      this.#netns.set(networkNamespace.inode ?? 0, name);
      if (networkNamespace.node === true) this.#nodeNetns = networkNamespace.inode ?? 0;
    }
  }

  #addInterface(id: number, value: pwru.v1.Interface.$Properties): void {
    const name = interfaceName(value);
    this.#interfaces.set(id, name);
    this.#interfacesAt.set(`${value.netnsInode ?? 0} ${value.index ?? 0}`, name);
  }

  /** `nf_hook_slow`, `nft_do_chain[nf_tables]`. */
  function(id: number): Name {
    return this.#functions.get(id) ?? functionName({ name: `#${id}` });
  }

  /** `eth0:2`. */
  interface(id: number): Name | undefined {
    if (id === 0) return undefined;
    return this.#interfaces.get(id) ?? interfaceName({ name: `#${id}` });
  }

  /** The same by index in a network namespace; `interface 2` when no packet was seen on it. */
  interfaceAt(netnsInode: number, index: number): string {
    return this.#interfacesAt.get(`${netnsInode} ${index}`)?.label ?? `interface ${index}`;
  }

  /** `curl:403`; `(curl:403)` where the kernel interrupted it, `curl:403?` where that is not known. */
  process(id: number): Name | undefined {
    if (id === 0) return undefined;
    return this.#processes.get(id) ?? processName({ name: `#${id}` });
  }

  /** `NETFILTER_DROP`. */
  dropReason(id: number): Name | undefined {
    if (id === 0) return undefined;
    return this.#dropReasons.get(id) ?? dropReasonName({ name: `#${id}` });
  }

  dropClass(id: number): pwru.v1.DropClass {
    return this.#dropClasses.get(id) ?? 0;
  }

  /** What the drop means: ` (copy dropped: a capture's copy)`, nothing for a loss; in JSON the members of a drop. */
  dropMeaning(id: number): Name {
    return this.#dropMeanings.get(id) ?? dropMeaning({});
  }

  /** `nf_hook_slow+0x9e`, `nft_do_chain+0x1f [nf_tables]`, `0xffffffff820d0393` where the kernel has no name. */
  codeLocation(id: number): Name | undefined {
    if (id === 0) return undefined;
    return this.#codeLocations.get(id) ?? locationName({ symbol: `#${id}` });
  }

  isNodeNetns(inode: number): boolean {
    return inode === this.#nodeNetns;
  }

  /**
   * The pod (`web-1`, of another namespace than home `shop/web-1`), `node` for the node's own, else its name, or the inode
   * number where there is none.
   */
  netns(inode: number): Name | undefined {
    if (inode === 0) return undefined;
    const known = this.#netns.get(inode);
    if (known !== undefined) return known;
    const unnamed = netnsName({ inode }, undefined);
    this.#netns.set(inode, unnamed);
    return unnamed;
  }
}

function functionName(value: pwru.v1.Function.$Properties): Name {
  const name = value.name ?? '';
  const module = value.module ?? '';
  const json: JsonFunction = { name, module, tracepoint: value.tracepoint ?? false };
  return new Name(printable(module === '' ? name : `${name}[${module}]`), printableJson(json));
}

function interfaceName(value: pwru.v1.Interface.$Properties): Name {
  const json: JsonInterface = { name: value.name ?? '', index: value.index ?? 0 };
  return new Name(printable(`${json.name}:${json.index}`), printableJson(json));
}

function processName(value: pwru.v1.Process.$Properties): Name {
  const { name, pid, context } = value;
  const interrupted = isInterrupted[context ?? 0] ?? null;
  const json: JsonProcess = { name: name ?? '', pid: pid ?? 0, interrupted };
  const label = `${json.name}:${json.pid}`;
  const doubtful = interrupted === null ? `${label}?` : `(${label})`;
  return new Name(printable(interrupted === false ? label : doubtful), printableJson(json));
}

/** By number of pwru.v1.TaskContext. */
const isInterrupted = [null, false, true] as const;

function dropReasonName(value: pwru.v1.DropReason.$Properties): Name {
  const json: JsonDrop['reason'] = value.name ?? '';
  return new Name(printable(json), printableJson(json));
}

function dropMeaning({ dropClass, note = '' }: Partial<pwru.v1.DropReason.$Properties>): Name {
  const { name, inRow } = wordsOfDropClass(dropClass ?? 0);
  const words = [inRow, note ?? ''].filter((text) => text !== '').join(': ');
  const label = words === '' ? '' : ` (${printable(words)})`;
  const json: Pick<JsonDrop, 'class' | 'note'> = { class: name, note: note ?? '' };
  return new Name(label, printableJson(json).slice(1, -1));
}

function locationName(value: pwru.v1.CodeLocation.$Properties): Name {
  const symbol = value.symbol ?? '';
  const offsetBytes = value.offsetBytes ?? 0;
  const module = value.module ?? '';
  const json: JsonLocation = { symbol, offsetBytes, module };
  const place = placeText(symbol, offsetBytes);
  return new Name(printable(module === '' ? place : `${place} [${module}]`), printableJson(json));
}

/** An address that is in no function that is known stands for itself. */
function placeText(symbol: string, offsetBytes: number): string {
  if (symbol === '') return 'unknown';
  if (offsetBytes === 0 && /^0x[0-9a-f]+$/.test(symbol)) return symbol;
  return `${symbol}+0x${offsetBytes.toString(16)}`;
}

function netnsName(
  value: pwru.v1.NetworkNamespace.$Properties,
  homeNamespace: string | undefined,
): Name {
  const { inode = 0, name = '', node = false } = value as Partial<pwru.v1.NetworkNamespace>;
  const pod: JsonPod | null = value.pod
    ? {
        namespace: value.pod.namespace ?? '',
        name: value.pod.name ?? '',
        uid: value.pod.uid ?? '',
      }
    : null;
  const json: JsonNetns = { inode, name, pod, node };
  return new Name(printable(netnsLabel(json, homeNamespace)), printableJson(json));
}

function netnsLabel({ inode, name, pod, node }: JsonNetns, homeNamespace?: string): string {
  if (pod !== null) {
    return pod.namespace === homeNamespace ? pod.name : `${pod.namespace}/${pod.name}`;
  }
  if (node) return 'node';
  return name === '' ? String(inode) : name;
}

/** A thing that events refer to, in both forms in which it is printed. Made once, printed often. */
export class Name {
  /** For the table, fit for a terminal. */
  readonly label: string;
  /** Its object (of a drop reason, its text) in `-o json`. */
  readonly json: string;
  #labelFragment: Fragment | undefined;
  #jsonFragment: Fragment | undefined;

  constructor(label: string, json: string) {
    this.label = label;
    this.json = json;
  }

  get labelFragment(): Fragment {
    this.#labelFragment ??= new Fragment(this.label);
    return this.#labelFragment;
  }

  get jsonFragment(): Fragment {
    this.#jsonFragment ??= new Fragment(this.json);
    return this.#jsonFragment;
  }
}
