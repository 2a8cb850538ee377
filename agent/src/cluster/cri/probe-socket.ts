import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { messageOf } from '../../core/errors.ts';
import { CriFailure } from './cri-failure.ts';

/**
 * Makes sure that somebody who speaks HTTP/2 listens at a unix socket. grpc-js 1.14 leaks a connection whenever its peer is silent
 * or speaks something else, and a runtime that hangs is asked again and again.
 * @throws CriFailure unavailable, denied, timeout
 */
export function probeSocket(path: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const session = connectHttp2('http://localhost', { createConnection: () => socket });
    const settle = (failure?: CriFailure) => {
      clearTimeout(timer);
      session.destroy();
      socket.destroy();
      if (failure === undefined) resolve();
      else reject(failure);
    };
    const fail = (thrown: unknown) => {
      const { code } = thrown as NodeJS.ErrnoException;
      settle(
        new CriFailure(
          code === 'EACCES' || code === 'EPERM' ? 'denied' : 'unavailable',
          messageOf(thrown),
          { cause: thrown },
        ),
      );
    };
    const timer = setTimeout(
      () => settle(new CriFailure('timeout', `silent for ${timeoutMs / 1_000} s`)),
      timeoutMs,
    );
    socket.on('error', fail);
    session.on('error', fail);
    session.once('close', () => settle(new CriFailure('unavailable', 'it hung up')));
    session.once('remoteSettings', () => settle());
  });
}
