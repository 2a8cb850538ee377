import { Kallsyms } from '../../agent/src/core/symbols/kallsyms.ts';
import { splitKallsyms } from '../../agent/src/core/symbols/kallsyms-text.ts';
import type { LoadedCode } from '../../agent/src/core/symbols/module-code.ts';

/** The symbols of a text, in which names are ASCII. @throws PwruError as Kallsyms. */
export function kallsymsOf(text: string, loaded?: LoadedCode): Kallsyms {
  return new Kallsyms(splitKallsyms(Buffer.from(text, 'latin1')), loaded);
}
