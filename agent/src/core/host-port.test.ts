import { describe, expect, test } from 'vitest';
import { parseHttpAddress } from './host-port.ts';

describe('parseHttpAddress', () => {
  test.each([
    { text: ':9090', host: '', port: 9090 },
    { text: '0.0.0.0:0', host: '0.0.0.0', port: 0 },
    { text: '[::]:9090', host: '::', port: 9090 },
    { text: '[fd00::1]:65535', host: 'fd00::1', port: 65_535 },
    { text: 'localhost:80', host: 'localhost', port: 80 },
  ])('$text', ({ text, host, port }) => {
    expect(parseHttpAddress(text)).toEqual({ host, port });
  });

  test.each(['', '9090', 'localhost', '::1:9090', '[]:1', '[::1]', ':65536', ':-1', 'a:b', ':1 '])(
    '"%s" is refused',
    (text) => {
      expect(() => parseHttpAddress(text)).toThrow('expected is HOST:PORT or :PORT');
    },
  );
});
