import {
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status,
} from '@grpc/grpc-js';

/** Calls of all methods and connections at a time; those of one connection are bounded by HTTP/2. */
const MAX_CONCURRENT_CALLS = 256;

/**
 * Streams of the standard services (health watches, reflection), which may stay open without a request: they have places of
 * their own, and take none from others.
 */
const MAX_STANDARD_STREAMS = 32;

/** Counts calls up to a limit. */
interface Budget {
  readonly limit: number;
  readonly noun: string;
  open: number;
}

export interface CallGuardOptions {
  /** How long the request of a call that has only one may take to arrive. */
  readonly requestTimeoutMs: number;
  /** A call has begun; returns what is to be called when it ends. */
  readonly onCall: (call: ServerInterceptingCallInterface) => () => void;
}

/** Bounds what unfinished calls can hold: how many there are, and how long a request may take to arrive. */
export function callGuard({ requestTimeoutMs, onCall }: CallGuardOptions): ServerInterceptor {
  const calls: Budget = { limit: MAX_CONCURRENT_CALLS, noun: 'calls', open: 0 };
  const standardStreams: Budget = {
    limit: MAX_STANDARD_STREAMS,
    noun: 'health watches and reflection streams',
    open: 0,
  };
  return (method, call) => {
    const isStandardStream = method.path.startsWith('/grpc.') && method.responseStream;
    const budget = isStandardStream ? standardStreams : calls;
    if (budget.open >= budget.limit) {
      const details = `The limit of ${budget.limit} ${budget.noun} at a time is reached on this agent`;
      // Not from here: grpc-js starts the call once the interceptor has returned.
      process.nextTick(() => call.sendStatus({ code: status.RESOURCE_EXHAUSTED, details }));
      return new ServerInterceptingCall(call, { start: () => {} });
    }
    let timer: NodeJS.Timeout | undefined;
    let onEnd: () => void = () => {};
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          // Counted from here on: onCancel comes for every call that came this far, and for no other.
          onReceiveMetadata: (metadata, proceed) => {
            budget.open++;
            onEnd = onCall(call);
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
            budget.open--;
            onEnd();
          },
        }),
    });
  };
}

function giveUp(call: ServerInterceptingCallInterface, requestTimeoutMs: number): void {
  const details = `The request did not arrive within ${requestTimeoutMs} ms`;
  call.sendStatus({ code: status.DEADLINE_EXCEEDED, details });
}
