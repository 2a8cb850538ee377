import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { PwruError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { ownTurn } from '../trace/own-turn.ts';
import { callError } from './call-error.ts';
import { type Caller, callerOf } from './caller.ts';

type Handler<Request, Response> = (
  call: ServerUnaryCall<Request, Response>,
  reply: sendUnaryData<Response>,
) => void;

/**
 * A grpc-js handler from a function: its result is the response, what it throws becomes the call's status. Each call has a turn
 * of the event loop of its own.
 */
export function unaryHandler<Request, Response>(
  log: Log,
  answer: (request: Request, caller: Caller) => Promise<Response> | Response,
): Handler<Request, Response> {
  return (call, reply) => {
    const caller = callerOf(call);
    const answering = ownTurn().then(() => answer(call.request, caller));
    answering.then(
      (response) => reply(null, response),
      (thrown: unknown) => {
        if (!(thrown instanceof PwruError)) {
          log.error(
            { method: call.getPath(), err: thrown },
            'Call failed by a defect of the agent',
          );
        }
        reply(callError(thrown));
      },
    );
  };
}
