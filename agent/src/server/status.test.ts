import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { google } from '../../../proto/gen/pwru.js';
import { type ErrorCode, errorCodes, PwruError } from '../core/errors.ts';
import { callError } from './call-error.ts';
import { statusOf } from './status.ts';

const expected: Record<ErrorCode, number> = {
  INVALID_ARGUMENT: status.INVALID_ARGUMENT,
  FILTER_SYNTAX: status.INVALID_ARGUMENT,
  FILTER_UNSUPPORTED: status.INVALID_ARGUMENT,
  REGEX_SYNTAX: status.INVALID_ARGUMENT,
  NOT_FOUND: status.NOT_FOUND,
  NO_FUNCTIONS: status.FAILED_PRECONDITION,
  KERNEL_FEATURE_MISSING: status.FAILED_PRECONDITION,
  LIBRARY_MISSING: status.FAILED_PRECONDITION,
  CLUSTER_UNAVAILABLE: status.FAILED_PRECONDITION,
  PRIVILEGE_MISSING: status.PERMISSION_DENIED,
  LIMIT_REACHED: status.RESOURCE_EXHAUSTED,
  CANCELLED: status.CANCELLED,
  SYSTEM: status.INTERNAL,
};

describe('statusOf', () => {
  test.each(Object.values(errorCodes))(
    '%s has its gRPC code, and its own name as reason',
    (code) => {
      const failed = statusOf(new PwruError(code, 'Cannot do it'));
      expect(failed.code).toBe(expected[code]);
      const decoded = google.rpc.Status.decode(failed.details ?? new Uint8Array());
      expect(decoded).toMatchObject({ code: expected[code], message: 'Cannot do it' });
      const info = google.rpc.ErrorInfo.decode(decoded.details[0]?.value ?? new Uint8Array());
      expect(info).toMatchObject({ reason: code, domain: 'pwru.dev' });
    },
  );

  test('position and subject go into the metadata of ErrorInfo', () => {
    const failed = statusOf(
      new PwruError('FILTER_SYNTAX', 'x', { field: 'start.filter', position: 4, subject: 's' }),
    );
    const { details } = google.rpc.Status.decode(failed.details ?? new Uint8Array());
    const info = google.rpc.ErrorInfo.decode(details[0]?.value ?? new Uint8Array());
    expect(info.metadata).toEqual({ field: 'start.filter', position: '4', subject: 's' });
  });

  test.each([new TypeError('secret'), 'secret', undefined, null, { code: 5, message: 'secret' }])(
    'anything but a PwruError (%s) is INTERNAL and tells nothing',
    (thrown) => {
      const failed = statusOf(thrown);
      expect(failed).toEqual({
        code: status.INTERNAL,
        message: 'Internal error of the agent',
        details: undefined,
      });
    },
  );

  test.each([
    { name: 'a filter of 16 KiB', message: 'x'.repeat(16_384) },
    { name: 'wide characters', message: '€'.repeat(2_000) },
    { name: 'lone surrogates', message: '\ud800'.repeat(500) },
    { name: 'surrogate pairs cut in two', message: `x${'😀'.repeat(600)}` },
    { name: 'control characters', message: 'a\r\nb\0c' },
  ])('a message with $name makes trailers that fit and can be sent', ({ message }) => {
    const error = callError(new PwruError('INVALID_ARGUMENT', message, { field: 'start.filter' }));
    const trailers = encodeURI(error.details) + JSON.stringify(error.metadata.toHttp2Headers());
    expect(trailers.length).toBeLessThan(16 * 1024);
  });
});
