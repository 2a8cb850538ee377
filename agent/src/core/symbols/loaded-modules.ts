/** A loaded module, from /proc/modules. */
export interface LoadedModule {
  readonly name: string;
  /** Name, state and address: differs when a module went and came back. */
  readonly fingerprint: string;
}

/** Lines: `nf_nat 57344 2 xt_MASQUERADE,nft_chain_nat, Live 0xffffffffc1680000 (E)`. */
export function parseLoadedModules(text: string): LoadedModule[] {
  const modules: LoadedModule[] = [];
  for (const line of text.split('\n')) {
    const [name = '', , , , state = '', address = ''] = line.split(' ');
    if (name !== '') modules.push({ name, fingerprint: `${name} ${state} ${address}` });
  }
  return modules;
}
