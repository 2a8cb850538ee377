import { describe, expect, test } from 'vitest';
import { errorOfNoAnswer, errorOfRefusal } from './errors.ts';
import { NetworkFailure } from './network-failure.ts';

const pods = '/api/v1/namespaces/default/pods';
const json = (status: object) => ({
  contentType: 'application/json',
  body: JSON.stringify({ kind: 'Status', status: 'Failure', ...status }),
});
const plain = (body: string) => ({ contentType: 'text/plain', body });

// What kubectl 1.20 and 1.32 print for `get pod foo` and `get pods` when a server answers this, letter by letter.
describe('errorOfRefusal', () => {
  test.each([
    [
      401,
      json({ reason: 'Unauthorized', message: 'Unauthorized' }),
      'error: You must be logged in to the server (Unauthorized)',
    ],
    [
      401,
      plain('nope'),
      'error: You must be logged in to the server (the server has asked for the client to provide credentials (get pods foo))',
    ],
    [
      403,
      plain('<html>go away</html>'),
      'Error from server (Forbidden): <html>go away</html> (get pods foo)',
    ],
    [
      404,
      json({ reason: 'NotFound', message: 'pods "foo" not found' }),
      'Error from server (NotFound): pods "foo" not found',
    ],
    [
      404,
      plain('page not found'),
      'Error from server (NotFound): the server could not find the requested resource (get pods foo)',
    ],
    [
      500,
      plain('boom'),
      'Error from server (InternalError): an error on the server ("boom") has prevented the request from succeeding (get pods foo)',
    ],
    [
      503,
      plain(''),
      'Error from server (ServiceUnavailable): the server is currently unable to handle the request (get pods foo)',
    ],
    [
      500,
      json({ message: 'rpc error: code = Unavailable desc = transport is closing' }),
      'Error from server: rpc error: code = Unavailable desc = transport is closing',
    ],
    [
      504,
      json({ reason: 'Timeout', message: 'Timeout: request did not complete' }),
      'Error from server (Timeout): Timeout: request did not complete',
    ],
  ])('%i %j', (status, answer, message) => {
    const error = errorOfRefusal({ method: 'GET', path: `${pods}/foo`, status, ...answer });
    expect(error.message).toBe(message);
    expect(error.status).toBe(status);
  });

  test.each([
    [pods, 'get pods'],
    ['/api/v1/pods', 'get pods'],
    ['/api/v1/namespaces', 'get namespaces'],
    ['/api/v1/namespaces/demo', 'get namespaces demo'],
    ['/apis/apps/v1/namespaces/default/deployments/d', 'get deployments.apps d'],
  ])('names what %s is', (path, subject) => {
    const error = errorOfRefusal({ method: 'GET', path, status: 503, ...plain('') });
    expect(error.message).toMatch(new RegExp(` \\(${subject}\\)$`));
  });
});

describe('an object that is invalid', () => {
  const details = { kind: 'Pod', name: 'bad' };
  const oneCause = [{ field: 'spec.containers', message: 'Required value' }];
  test.each([
    [{ ...details, causes: oneCause }, 'The Pod "bad" is invalid: spec.containers: Required value'],
    [
      { ...details, causes: [...oneCause, ...oneCause, { field: 'spec.x', message: 'Wrong' }] },
      'The Pod "bad" is invalid: \n* spec.containers: Required value\n* spec.x: Wrong',
    ],
    [details, 'The Pod "bad" is invalid'],
    [undefined, 'The request is invalid: it is'],
  ])('is told with all that is wrong: %j', (statusDetails, message) => {
    const status = { reason: 'Invalid', message: 'it is', details: statusDetails };
    const error = errorOfRefusal({ method: 'POST', path: pods, status: 422, ...json(status) });
    expect(error.message).toBe(message);
  });
});

test.each([
  [{ causes: null }, 'The request is invalid: it is'],
  [
    { causes: [null, 7, { field: 1, message: 'Wrong' }] },
    'The request is invalid: \n* : \n* : Wrong',
  ],
  [{ kind: {}, name: ['x'], causes: 'x' }, 'The request is invalid: it is'],
  ['x', 'The request is invalid: it is'],
])('a refusal whose details have another form says the rest: %j', (details, message) => {
  const status = { reason: 'Invalid', message: 'it is', details };
  const error = errorOfRefusal({ method: 'POST', path: pods, status: 422, ...json(status) });
  expect(error.message).toBe(message);
});

describe('errorOfNoAnswer', () => {
  test('has a sentence of its own for a refused connection', () => {
    const refused = new NetworkFailure('dial tcp 127.0.0.1:1: connect: connection refused', {
      refused: true,
    });
    expect(errorOfNoAnswer(refused, '127.0.0.1:1').message).toBe(
      'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
    );
    expect(errorOfNoAnswer(new NetworkFailure('EOF'), 'x').message).toBe(
      'Unable to connect to the server: EOF',
    );
  });
});
