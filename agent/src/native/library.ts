import koffi, { type LibraryHandle } from 'koffi';
import { messageOf, PwruError } from '../core/errors.ts';

/** Debian packages that bring the libraries, for the error message. */
const packages = { 'libbpf.so.1': 'libbpf1', 'libpcap.so.0.8': 'libpcap0.8', 'libc.so.6': 'libc6' };

export type LibraryName = keyof typeof packages;

/**
 * Opens a shared library through koffi, once.
 * @throws PwruError LIBRARY_MISSING naming the library and the Debian package that brings it.
 */
export function openLibrary(name: LibraryName): LibraryHandle {
  let library = opened.get(name);
  if (library === undefined) {
    try {
      library = koffi.load(name);
    } catch (thrown) {
      throw new PwruError(
        'LIBRARY_MISSING',
        `Cannot load ${name}: ${messageOf(thrown)} (Debian package ${packages[name]})`,
        { subject: name, cause: thrown },
      );
    }
    opened.set(name, library);
  }
  return library;
}

const opened = new Map<LibraryName, LibraryHandle>();
