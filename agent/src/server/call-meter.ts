import {
  ServerInterceptingCall,
  type ServerInterceptor,
  type ServerMethodDefinition,
  status,
} from '@grpc/grpc-js';

/** Is told of gRPC calls. Its methods must not throw. */
export interface CallObserver {
  /** A call of one of the served methods has ended; others never come here. @param code gRPC status code */
  onCallEnd(method: ServerMethodDefinition<unknown, unknown>, code: number): void;
}

/** Tells how each call ended, once; CANCELLED when the client left before it got a status. */
export function callMeter(observer: CallObserver): ServerInterceptor {
  return (method, call) => {
    let hasEnded = false;
    const end = (code: number) => {
      if (hasEnded) return;
      hasEnded = true;
      observer.onCallEnd(method, code);
    };
    return new ServerInterceptingCall(call, {
      start: (next) => next({ onCancel: () => end(status.CANCELLED) }),
      sendStatus: (sent, next) => {
        end(sent.code);
        next(sent);
      },
    });
  };
}
