import { PwruError } from '../errors.ts';
import type { CodeSymbol } from './code-symbol.ts';
import type { KallsymsText } from './kallsyms-text.ts';
import { type LoadedCode, ModuleCode } from './module-code.ts';
import { type FoundSymbols, findSymbols, kallsymsLine } from './symbol-lines.ts';

/** The kernel's code symbols, from /proc/kallsyms: its text (5 to 20 MB) is kept and searched. */
export class Kallsyms {
  readonly text: KallsymsText;
  readonly #modules: ModuleCode;

  /**
   * @throws PwruError PRIVILEGE_MISSING when the kernel hides the addresses (kernel.kptr_restrict);
   * KERNEL_FEATURE_MISSING when there are no code symbols.
   */
  constructor(text: KallsymsText, loaded: LoadedCode = {}) {
    this.text = text;
    this.#modules = new ModuleCode([text.modules, text.programs], loaded);
    if (!this.#hasLine(/^[0-9a-f]+ [tTwW] \S/m)) {
      throw new PwruError(
        'KERNEL_FEATURE_MISSING',
        'Cannot find functions in /proc/kallsyms: it lists no code (kernel built without CONFIG_KALLSYMS)',
        { subject: 'CONFIG_KALLSYMS' },
      );
    }
    // All of them are hidden, or none.
    if (!this.#hasLine(/^0*[1-9a-f][0-9a-f]* [tTwW] /m)) {
      throw new PwruError(
        'PRIVILEGE_MISSING',
        'Cannot read addresses in /proc/kallsyms: all are zero (CAP_SYSLOG is missing, or kernel.kptr_restrict is 2)',
        { subject: 'CAP_SYSLOG' },
      );
    }
  }

  /** Looks all names up in one pass: do not call it for each. */
  find(names: Iterable<string>): FoundSymbols {
    return findSymbols(this.#parts, kallsymsLine, names);
  }

  /** The function at an address; undefined where no code was known to be when the text was read. */
  nearest(address: bigint): CodeSymbol | undefined {
    const { vmlinux } = this.text;
    return vmlinux.has(address) ? vmlinux.nearest(address) : this.#modules.nearest(address);
  }

  /** Whether `nearest` gives the same for as long as the kernel runs. */
  isVmlinux(address: bigint): boolean {
    return this.text.vmlinux.has(address);
  }

  /** Whether `nearest` gives the same for as long as the same modules are loaded. */
  isInsideModule(address: bigint): boolean {
    return this.#modules.isInsideModule(address);
  }

  #hasLine(expression: RegExp): boolean {
    return this.#parts.some((part) => expression.test(part));
  }

  get #parts(): readonly string[] {
    const { vmlinux, modules, programs } = this.text;
    return [vmlinux.text, modules.text, programs.text];
  }
}
