import { KubeError } from './kube-api.ts';
import { NetworkFailure } from './network-failure.ts';

/** A request as messages name it. */
export interface AskedFor {
  readonly method: string;
  /** Path of the API, without the server's own. */
  readonly path: string;
}

/** What a server answered that is not success. */
export interface Refusal extends AskedFor {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** metav1.Status, as far as messages need it. */
export interface Status {
  readonly reason?: string;
  readonly message?: string;
  readonly code?: number;
  readonly details?: {
    readonly kind?: string;
    readonly name?: string;
    readonly causes?: ReadonlyArray<{ readonly field?: string; readonly message?: string }>;
  };
}

/** How much of an answer that is no Status is quoted, in characters (client-go: 2,048). */
const MAX_QUOTED_LENGTH = 2_048;

/** What kubectl prints of a refusal (k8s.io/kubectl/pkg/cmd/util/helpers.go, StandardErrorMessage). */
export function errorOfRefusal(refusal: Refusal): KubeError {
  const status = statusOf(refusal) ?? genericStatus(refusal);
  return errorOfStatus({ ...status, code: refusal.status });
}

/** The same for a Status that came as an object, so in a watch; what it has of another type counts as not there. */
export function errorOfStatus(answer: unknown): KubeError {
  const status = readStatus(answer);
  const { reason = '', message = 'unknown', code = 0 } = status;
  const details = { reason, status: code };
  if (reason === 'Invalid') return new KubeError(invalidMessage(status), details);
  if (reason === 'Unauthorized')
    return new KubeError(`error: You must be logged in to the server (${message})`, details);
  if (reason === '') return new KubeError(`Error from server: ${message}`, details);
  return new KubeError(`Error from server (${reason}): ${message}`, details);
}

/** Of an object that the server cannot take, every field that is wrong. */
function invalidMessage({ message = '', details }: Status): string {
  const { kind = '', name = '', causes = [] } = details ?? {};
  const problems = [
    ...new Set(causes.map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`)),
  ];
  const isNamed = kind !== '' || name !== '';
  const subject = isNamed ? `The ${kind} "${name}" is invalid` : 'The request is invalid';
  if (problems.length === 0) return isNamed || message === '' ? subject : `${subject}: ${message}`;
  const [only] = problems;
  return problems.length === 1
    ? `${subject}: ${only}`
    : `${subject}: ${problems.map((problem) => `\n* ${problem}`).join('')}`;
}

/** @param server `HOST:PORT` as the configuration names it */
export function errorOfNoAnswer(failure: unknown, server: string): KubeError {
  const details = { reason: '', status: 0, cause: failure };
  if (failure instanceof NetworkFailure && failure.refused) {
    return new KubeError(
      `The connection to the server ${server} was refused - did you specify the right host or port?`,
      details,
    );
  }
  const cause = failure instanceof Error ? failure.message : String(failure);
  return new KubeError(`Unable to connect to the server: ${cause}`, details);
}

function statusOf({ contentType, body }: Refusal): Status | undefined {
  if (!contentType.startsWith('application/json')) return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    return isStatus(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function readStatus(answer: unknown): Status {
  const details = fieldOf(answer, 'details');
  const causes = fieldOf(details, 'causes');
  const code = fieldOf(answer, 'code');
  return {
    ...textsOf(answer, ['reason', 'message']),
    ...(typeof code === 'number' ? { code } : {}),
    details: {
      ...textsOf(details, ['kind', 'name']),
      causes: (Array.isArray(causes) ? causes : []).map((cause) =>
        textsOf(cause, ['field', 'message']),
      ),
    },
  };
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

function textsOf<Key extends string>(value: unknown, keys: readonly Key[]) {
  const texts: { [Name in Key]?: string } = {};
  for (const key of keys) {
    const text = fieldOf(value, key);
    if (typeof text === 'string') texts[key] = text;
  }
  return texts;
}

function isStatus(value: unknown): value is Status {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'Status' &&
    ('reason' in value || 'message' in value)
  );
}

/** For an answer without a Status, of a proxy for instance (apimachinery, errors.NewGenericServerResponse). */
function genericStatus(refusal: Refusal): { reason: string; message: string } {
  const { status, method, body } = refusal;
  const said = body.trim().slice(0, MAX_QUOTED_LENGTH);
  const generic = status === 409 && method === 'POST' ? alreadyExists : genericOfStatus[status];
  const [reason, text] = generic ?? [
    status >= 500 ? 'InternalError' : '',
    status >= 500
      ? `an error on the server (${JSON.stringify(said)}) has prevented the request from succeeding`
      : `the server responded with the status code ${status} but did not return more information`,
  ];
  return { reason, message: `${text ?? said}${subjectOf(refusal)}` };
}

const alreadyExists = ['AlreadyExists', 'the server reported a conflict'] as const;

/** Reason and message; without one, what the server said. */
const genericOfStatus: Readonly<Record<number, readonly [string, string?]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  403: ['Forbidden'],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  409: ['Conflict', 'the server reported a conflict'],
  415: ['UnsupportedMediaType'],
  422: ['Invalid', 'the server rejected our request due to an error in our request'],
  429: [
    'TooManyRequests',
    'the server has received too many requests and has asked us to try again later',
  ],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: [
    'Timeout',
    'the server was unable to return a response in the time allotted, but may still be processing the request',
  ],
};

/** ` (get pods foo)`, or nothing where the path names no resource. */
function subjectOf({ method, path }: AskedFor): string {
  const parts =
    /^\/(?:api\/[^/]+|apis\/(?<group>[^/]+)\/[^/]+)(?:\/namespaces\/[^/]+(?=\/))?\/(?<plural>[^/?]+)(?:\/(?<name>[^/?]+))?/.exec(
      path,
    )?.groups;
  if (parts === undefined) return '';
  const { group, plural, name } = parts;
  const resource = group === undefined ? plural : `${plural}.${group}`;
  return ` (${[method.toLowerCase(), resource, name].filter((part) => part !== undefined).join(' ')})`;
}

/** A kubeconfig or a connection flag that cannot be used. `cause` in the words of kubectl. */
export function configurationError(cause: string): KubeError {
  return new KubeError(`error: ${cause}`, { reason: 'InvalidConfiguration', status: 0 });
}

/** As `configurationError`, for what kubectl finds by checking the whole configuration. */
export function invalidConfiguration(cause: string): KubeError {
  return new KubeError(`Error in configuration: ${cause}`, {
    reason: 'InvalidConfiguration',
    status: 0,
  });
}

/** What is wrong with a file, in Go's words: `open /etc/x: no such file or directory`. */
export function fileProblem(
  action: 'open' | 'stat' | 'fork/exec',
  path: string,
  thrown: unknown,
): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return `${action} ${path}: ${goTextOfCode[code] ?? String(thrown)}`;
}

const goTextOfCode: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EEXIST: 'file exists',
  EROFS: 'read-only file system',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
};
