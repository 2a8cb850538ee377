import {
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  type ServerMethodDefinition,
  status,
} from '@grpc/grpc-js';

/** Calls of all methods and connections at a time; those of one connection are bounded by HTTP/2. */
const MAX_CONCURRENT_CALLS = 256;

/**
 * Streams of the standard services (health watches, reflection), which may stay open without a request: they have places of
 * their own, and take none from others.
 */
const MAX_STANDARD_STREAMS = 32;

/** A call that is open. */
interface OpenCall {
  readonly call: ServerInterceptingCallInterface;
  /** It may be ended to make room: it has done nothing for its client yet, or is one that a client begins again. */
  isDispensable: boolean;
}

/** Places for calls. */
interface Budget {
  readonly limit: number;
  readonly noun: string;
  /** In the order in which they came. */
  readonly open: Set<OpenCall>;
}

export interface CallGuardOptions {
  /** How long the request of a call that has only one may take to arrive. */
  readonly requestTimeoutMs: number;
  /** A call has begun; returns what is to be called when it ends. */
  readonly onCall: (call: ServerInterceptingCallInterface) => () => void;
}

/**
 * Bounds what unfinished calls can hold: how many there are, and how long a request may take to arrive. When all places are taken,
 * the oldest call that still waits for its request makes room for a new one, and the oldest stream of a standard service: who only
 * holds calls keeps nobody out.
 */
export function callGuard({ requestTimeoutMs, onCall }: CallGuardOptions): ServerInterceptor {
  const calls: Budget = { limit: MAX_CONCURRENT_CALLS, noun: 'calls', open: new Set() };
  const standardStreams: Budget = {
    limit: MAX_STANDARD_STREAMS,
    noun: 'health watches and reflection streams',
    open: new Set(),
  };
  return (method, call) => {
    const isStandardStream = method.path.startsWith('/grpc.') && method.responseStream;
    const budget = isStandardStream ? standardStreams : calls;
    if (budget.open.size >= budget.limit && !makeRoom(budget)) {
      // Not from here: grpc-js starts the call once the interceptor has returned.
      process.nextTick(refuse, call, budget);
      return new ServerInterceptingCall(call, { start: () => {} });
    }
    const entry: OpenCall = { call, isDispensable: isStandardStream || !method.requestStream };
    let timer: NodeJS.Timeout | undefined;
    let onEnd: () => void = () => {};
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          // Counted from here on: onCancel comes for every call that came this far, and for no other.
          onReceiveMetadata: (metadata, proceed) => {
            budget.open.add(entry);
            onEnd = onCall(call);
            if (!method.requestStream) {
              timer = setTimeout(giveUp, requestTimeoutMs, call, requestTimeoutMs).unref();
            }
            proceed(metadata);
          },
          onReceiveHalfClose: (proceed) => {
            clearTimeout(timer);
            entry.isDispensable = isStandardStream;
            proceed();
          },
          // Also when the call ended well.
          onCancel: () => {
            clearTimeout(timer);
            budget.open.delete(entry);
            onEnd();
          },
        }),
    });
  };
}

function makeRoom(budget: Budget): boolean {
  for (const entry of budget.open) {
    if (!entry.isDispensable) continue;
    budget.open.delete(entry);
    refuse(entry.call, budget);
    return true;
  }
  return false;
}

function refuse(call: ServerInterceptingCallInterface, { limit, noun }: Budget): void {
  const details = `The limit of ${limit} ${noun} at a time is reached on this agent`;
  call.sendStatus({ code: status.RESOURCE_EXHAUSTED, details });
}

function giveUp(call: ServerInterceptingCallInterface, requestTimeoutMs: number): void {
  const details = `The request did not arrive within ${requestTimeoutMs} ms`;
  call.sendStatus({ code: status.DEADLINE_EXCEEDED, details });
}

/** Observer of gRPC calls. Its methods must not throw. */
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
