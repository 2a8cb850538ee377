import {
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status,
} from '@grpc/grpc-js';

/** Calls of all methods and connections at a time. */
const MAX_CONCURRENT_CALLS = 256;

/**
 * Bounds what unfinished calls can hold: how many there are, and how long the request of a call that has only one may
 * take to arrive.
 */
export function callGuard(requestTimeoutMs: number): ServerInterceptor {
  let openCalls = 0;
  return (method, call) => {
    if (openCalls >= MAX_CONCURRENT_CALLS) {
      const details = `The limit of ${MAX_CONCURRENT_CALLS} calls at a time is reached on this agent`;
      // Not from here: grpc-js starts the call once the interceptor has returned.
      process.nextTick(() => call.sendStatus({ code: status.RESOURCE_EXHAUSTED, details }));
      return new ServerInterceptingCall(call, { start: () => {} });
    }
    let timer: NodeJS.Timeout | undefined;
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          // Counted from here on: onCancel comes for every call that came this far, and for no other.
          onReceiveMetadata: (metadata, proceed) => {
            openCalls++;
            if (!method.requestStream) {
              timer = setTimeout(giveUp, requestTimeoutMs, call, requestTimeoutMs).unref();
            }
            proceed(metadata);
          },
          onReceiveHalfClose: (proceed) => {
            clearTimeout(timer);
            proceed();
          },
          // Also when the call ended well.
          onCancel: () => {
            clearTimeout(timer);
            openCalls--;
          },
        }),
    });
  };
}

function giveUp(call: ServerInterceptingCallInterface, requestTimeoutMs: number): void {
  const details = `The request did not arrive within ${requestTimeoutMs} ms`;
  call.sendStatus({ code: status.DEADLINE_EXCEEDED, details });
}
