import { describe, expect, test } from 'vitest';
import { google } from '../../../proto/gen/pwru.js';
import { AgentError, type AgentErrorDetails, type AgentErrorKind } from './agent-client.ts';
import { type FailureContext, failureOf } from './failure.ts';
import { agentErrorOfStatus } from './status-error.ts';

const noOptions: FailureContext['options'] = {
  filter: { text: '', expression: '' },
  functionRegex: undefined,
};

function exitCode(kind: AgentErrorKind, details: AgentErrorDetails = {}, tracing = false): number {
  return failureOf(new AgentError(kind, 'x', details), { options: noOptions, tracing }).exitCode;
}

describe('failureOf', () => {
  test.each<[number, AgentErrorKind, AgentErrorDetails]>([
    [5, 'unreachable', {}],
    [5, 'lost', {}],
    [4, 'forbidden', {}],
    [2, 'refused', { reason: 'INVALID_ARGUMENT', grpcStatus: 3 }],
    [2, 'refused', { reason: 'FILTER_SYNTAX' }],
    [2, 'refused', { reason: 'FILTER_UNSUPPORTED' }],
    [2, 'refused', { reason: 'REGEX_SYNTAX' }],
    [2, 'refused', { reason: 'NOT_FOUND', grpcStatus: 5 }],
    [2, 'refused', { reason: 'NO_FUNCTIONS', grpcStatus: 9 }],
    [1, 'refused', { reason: 'KERNEL_FEATURE_MISSING' }],
    [1, 'refused', { reason: 'LIBRARY_MISSING' }],
    [1, 'refused', { reason: 'PRIVILEGE_MISSING', grpcStatus: 7 }],
    [1, 'refused', { reason: 'LIMIT_REACHED' }],
    [1, 'refused', { reason: 'CANCELLED' }],
    [1, 'refused', { reason: 'SYSTEM' }],
    [4, 'refused', { reason: 'NEWER_THAN_THIS', grpcStatus: 7 }],
    [2, 'refused', { grpcStatus: 3 }],
    [5, 'refused', { grpcStatus: 14 }],
    [4, 'refused', { grpcStatus: 16 }],
    [1, 'refused', { grpcStatus: 13 }],
    [1, 'refused', {}],
  ])('exits with %i for %s %j', (code, kind, details) => {
    expect(exitCode(kind, details)).toBe(code);
    expect(exitCode(kind, details, true)).toBe(3);
  });

  const expression = 'tcp prt 80';
  const text = `${expression} and src host 10.0.0.1`;
  test.each<[string, Partial<FailureContext['options']>, AgentErrorDetails, string[]]>([
    [
      'the expression',
      { filter: { text, expression } },
      { position: 4 },
      ['  tcp prt 80', '      ^'],
    ],
    [
      'its end',
      { filter: { text, expression } },
      { position: 10 },
      ['  tcp prt 80', '            ^'],
    ],
    [
      'a term of a flag',
      { filter: { text, expression } },
      { position: 15 },
      [`  ${text}`, `  ${' '.repeat(15)}^`],
    ],
    [
      'terms without expression',
      { filter: { text: 'tcp', expression: '' } },
      { position: 0 },
      ['  tcp', '  ^'],
    ],
    ['nowhere without a position', { filter: { text, expression } }, {}, [`  ${text}`]],
    ['nowhere beyond the text', { filter: { text, expression } }, { position: 99 }, [`  ${text}`]],
    ['nothing without a filter', {}, { position: 0 }, []],
    ['nothing for another field', { filter: { text, expression } }, { field: 'start.backend' }, []],
    [
      'the function expression',
      { functionRegex: 'a(b' },
      { field: 'start.function_regex', position: 1 },
      ['  a(b', '   ^'],
    ],
  ])('points at %s', (_, asked, details, detailLines) => {
    const error = new AgentError('refused', 'x', {
      reason: 'FILTER_SYNTAX',
      field: 'start.filter',
      ...details,
    });
    const failure = failureOf(error, { options: { ...noOptions, ...asked }, tracing: false });
    expect(failure).toEqual({ exitCode: 2, message: 'x', detailLines });
  });
});

function statusError(code: number, details: string, trailer?: Uint8Array) {
  const metadata = { get: () => (trailer === undefined ? [] : [trailer]) };
  return Object.assign(new Error(details), { code, details, metadata });
}

function pack(type: string, value: Uint8Array): google.protobuf.Any.$Properties {
  return { type_url: `type.googleapis.com/google.rpc.${type}`, value };
}

describe('agentErrorOfStatus', () => {
  const context = { address: 'host:1', answered: false };

  test.each([
    ['Cannot start a session: the limit of 8 sessions at a time is reached on this agent', true],
    ['Cannot use the filter: it is too long', false],
  ])('says what lists the sessions where there are too many: %s', (text, isAboutSessions) => {
    const { ErrorInfo, Status } = google.rpc;
    const info = ErrorInfo.encode({ reason: 'LIMIT_REACHED' }).finish();
    const trailer = Status.encode({ code: 8, details: [pack('ErrorInfo', info)] }).finish();
    expect(agentErrorOfStatus(statusError(8, text, trailer), context).message).toBe(
      `${text}${isAboutSessions ? '; "kubectl pwru sessions" lists them, "kubectl pwru stop" ends one' : ''}`,
    );
  });

  test('reads reason, field, position and subject from the trailer', () => {
    const { BadRequest, ErrorInfo, PreconditionFailure, Status } = google.rpc;
    const trailer = Status.encode({
      code: 3,
      details: [
        pack('Unknown', Uint8Array.of(1, 2, 3)),
        pack(
          'BadRequest',
          BadRequest.encode({ fieldViolations: [{ field: 'start.filter' }] }).finish(),
        ),
        pack(
          'PreconditionFailure',
          PreconditionFailure.encode({ violations: [{ subject: 'CONFIG_FPROBE' }] }).finish(),
        ),
        pack(
          'ErrorInfo',
          ErrorInfo.encode({ reason: 'FILTER_SYNTAX', metadata: { position: '7' } }).finish(),
        ),
      ],
    }).finish();
    const error = agentErrorOfStatus(statusError(3, 'syntax error', trailer), context);
    expect(error).toMatchObject({
      kind: 'refused',
      message: 'syntax error',
      details: {
        reason: 'FILTER_SYNTAX',
        field: 'start.filter',
        position: 7,
        subject: 'CONFIG_FPROBE',
        grpcStatus: 3,
      },
    });
  });

  test('keeps the message when the trailer is not what it should be', () => {
    const error = agentErrorOfStatus(
      statusError(3, 'bad filter', Uint8Array.of(0xff, 0xff)),
      context,
    );
    expect(error).toMatchObject({
      kind: 'refused',
      message: 'The agent at host:1 failed: bad filter (INVALID_ARGUMENT)',
    });
  });

  const noConnection = (cause: string) =>
    `No connection established. Last error: ${cause}. Resolution note: `;
  test.each<[number, string, AgentErrorKind, string]>([
    [
      14,
      noConnection('Error: connect ECONNREFUSED 127.0.0.1:1'),
      'unreachable',
      'Cannot reach the agent at host:1: connect ECONNREFUSED 127.0.0.1:1',
    ],
    [
      14,
      noConnection('Error: connect EACCES /run/a.sock'),
      'forbidden',
      'Cannot reach the agent at host:1: connect EACCES /run/a.sock',
    ],
    [
      14,
      noConnection('Protocol error (2026-11-23T06:58:10.069Z)'),
      'unreachable',
      'Cannot reach the agent at host:1: what answers there does not speak gRPC (HTTP/2 protocol error)',
    ],
    [
      14,
      'Name resolution failed for target dns:x:1',
      'unreachable',
      'Cannot reach the agent at host:1: Name resolution failed for target dns:x:1',
    ],
    [14, 'Connection dropped', 'lost', 'Lost the agent at host:1: Connection dropped'],
    [
      12,
      'Received HTTP status code 404',
      'unreachable',
      'Cannot use the server at host:1: it does not speak pwru.v1 (Received HTTP status code 404)',
    ],
    [7, 'no', 'forbidden', 'Cannot use the agent at host:1: no'],
    [16, 'who?', 'forbidden', 'Cannot use the agent at host:1: who?'],
    [
      13,
      'Internal error of the agent',
      'refused',
      'The agent at host:1 failed: Internal error of the agent (INTERNAL)',
    ],
    [99, 'new', 'lost', 'Lost the agent at host:1: new (status 99)'],
  ])('turns status %i "%s" into %s: %s', (code, details, kind, message) => {
    const answered = kind === 'lost';
    const error = agentErrorOfStatus(statusError(code, details), { address: 'host:1', answered });
    expect(error).toMatchObject({ kind, message });
  });
});
