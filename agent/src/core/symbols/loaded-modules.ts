/** A loaded module, from /proc/modules. */
export interface LoadedModule {
  readonly name: string;
  /** Name, state, address and size: differs when a module went and came back, and when it has finished loading. */
  readonly fingerprint: string;
  /** Its code may be called: neither being loaded nor being removed. */
  readonly isLive: boolean;
  /** Where its code begins; 0n where the kernel hides addresses. */
  readonly address: bigint;
  /** Of code and data together. Before Linux 6.4 both lie at `address`, since then the code alone. */
  readonly sizeBytes: number;
}

/** Lines: `nf_nat 57344 2 xt_MASQUERADE,nft_chain_nat, Live 0xffffffffc1680000 (E)`. */
export function parseLoadedModules(text: string): LoadedModule[] {
  const modules: LoadedModule[] = [];
  for (const line of text.split('\n')) {
    const [name = '', size = '', , , state = '', address = ''] = line.split(' ');
    if (name === '') continue;
    modules.push({
      name,
      fingerprint: `${name} ${state} ${address} ${size}`,
      isLive: state === 'Live',
      address: /^0x[0-9a-f]+$/.test(address) ? BigInt(address) : 0n,
      // The kernel's number has 32 bits.
      sizeBytes: /^\d{1,10}$/.test(size) ? Number(size) : 0,
    });
  }
  return modules;
}
