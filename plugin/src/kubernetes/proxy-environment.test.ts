import { describe, expect, test } from 'vitest';
import { proxyOfEnvironment } from './proxy-environment.ts';

function proxyOf(server: string, environment: NodeJS.ProcessEnv): string | undefined {
  return proxyOfEnvironment(new URL(server), environment);
}

describe('proxyOfEnvironment', () => {
  test('follows the scheme of the server, in upper and lower case', () => {
    const environment = { HTTPS_PROXY: 'http://s:1', http_proxy: 'h:2' };
    expect(proxyOf('https://api.example', environment)).toBe('http://s:1');
    expect(proxyOf('http://api.example', environment)).toBe('http://h:2');
    expect(proxyOf('https://api.example', { https_proxy: 'socks5://s:3' })).toBe('socks5://s:3');
    expect(proxyOf('https://api.example', {})).toBeUndefined();
  });

  test.each(['https://localhost:6443', 'https://127.0.0.2', 'https://[::1]'])(
    'has none for %s',
    (server) => {
      expect(proxyOf(server, { HTTPS_PROXY: 'p:1' })).toBeUndefined();
    },
  );

  test.each<[string, string, boolean]>([
    ['*', 'https://a.example', true],
    ['example', 'https://a.example', true],
    ['a.example', 'https://a.example', true],
    ['a.example', 'https://ba.example', false],
    ['.example', 'https://a.example', true],
    ['.a.example', 'https://a.example', false],
    ['*.example', 'https://a.example', true],
    ['A.EXAMPLE', 'https://a.example', true],
    ['a.example:6443', 'https://a.example:6443', true],
    ['a.example:6443', 'https://a.example', false],
    ['b.example, 10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['10.0.0.1', 'https://10.0.0.1', true],
    ['10.0.0.1:443', 'https://10.0.0.1', true],
    ['10.0.0.1:444', 'https://10.0.0.1', false],
    ['fd00::/8', 'https://[fd00::1]', true],
    ['fd00::1', 'https://[fd00:0::1]', true],
    ['[fd00::1]:443', 'https://[fd00::1]', true],
    ['[fd00::1]:6443', 'https://[fd00::1]', false],
    ['', 'https://a.example', false],
    [',,', 'https://a.example', false],
  ])('NO_PROXY=%j and %s: exempt %s', (noProxy, server, exempt) => {
    const proxy = proxyOf(server, { HTTPS_PROXY: 'http://p:1', NO_PROXY: noProxy });
    expect(proxy).toBe(exempt ? undefined : 'http://p:1');
  });
});
