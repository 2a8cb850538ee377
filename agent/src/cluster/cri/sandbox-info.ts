import { messageOf } from '../../core/errors.ts';
import { field, listField, textField } from '../pod-record.ts';
import { CriFailure } from './cri-methods.ts';

/** What only the runtime's verbose answer tells of a sandbox. Nothing of it is checked against the machine yet. */
export interface SandboxInfo {
  /** Process of the sandbox (pause, or a virtual machine's monitor), as the node counts. */
  readonly pid: number | undefined;
  /** Path of the network namespace as the runtime sees it, for instance "/var/run/netns/cni-<uuid>". */
  readonly namespacePath: string | undefined;
  /** The runtime has closed the namespace, or the process has ended. */
  readonly hasEnded: boolean;
  /** Names of interfaces on the node's side that CNI made or used for this sandbox: ends of veth pairs, also bridges. */
  readonly nodeInterfaces: readonly string[];
}

const nothing: SandboxInfo = {
  pid: undefined,
  namespacePath: undefined,
  hasEnded: false,
  nodeInterfaces: [],
};

/** Of the one text "info": the OCI spec of a sandbox, its configuration and labels; 4 to 30 KB as a rule. */
const maxInfoLength = 4 << 20;
/** PATH_MAX, include/uapi/linux/limits.h. */
const maxPathLength = 4096;
/** PID_MAX_LIMIT on 64-bit kernels, include/linux/threads.h. */
const maxPid = 4 << 20;
const maxInterfaces = 64;

/**
 * Reads `info` of a verbose PodSandboxStatusResponse: JSON that each runtime defines for itself.
 * containerd 1.1 to 2.1 (internal/cri/types/sandbox_info.go): pid, processStatus, netNamespaceClosed, runtimeSpec, cniResult.
 * CRI-O (server/sandbox_status.go, createSandboxInfo): pid and runtimeSpec, with the CNI result as an annotation of the spec;
 * no pid when it runs without an infra container. cri-dockerd: nothing.
 * @throws CriFailure malformed
 */
export function parseSandboxInfo(info: Readonly<Record<string, string>>): SandboxInfo {
  const text = info['info'];
  if (text === undefined) return nothing;
  if (text.length > maxInfoLength) {
    throw new CriFailure('malformed', `The runtime's description has ${text.length} characters`);
  }
  const parsed = parse(text);
  const spec = field(parsed, 'runtimeSpec');
  const interfaces = cniInterfaces(parsed, spec);
  const pid = field(parsed, 'pid');
  const processStatus = textField(parsed, 'processStatus');
  return {
    pid: typeof pid === 'number' && Number.isInteger(pid) && isPid(pid) ? pid : undefined,
    namespacePath: networkPath(spec) ?? interfaces.find(({ sandbox }) => isPath(sandbox))?.sandbox,
    hasEnded:
      field(parsed, 'netNamespaceClosed') === true ||
      processStatus === 'stopped' ||
      processStatus === 'deleted',
    nodeInterfaces: interfaces
      .filter(({ name, sandbox }) => sandbox === undefined && isInterfaceName(name))
      .map(({ name }) => name),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new CriFailure(
      'malformed',
      `The runtime's description is no JSON: ${messageOf(thrown).slice(0, 100)}`,
    );
  }
}

/** Of the OCI runtime spec; a sandbox in the node's namespace has no such entry. */
function networkPath(spec: unknown): string | undefined {
  return listField(field(spec, 'linux'), 'namespaces')
    .filter((namespace) => textField(namespace, 'type') === 'network')
    .map((namespace) => textField(namespace, 'path'))
    .find(isPath);
}

interface CniInterface {
  readonly name: string;
  /** Path of the namespace that it is in; undefined on the node's side. */
  readonly sandbox: string | undefined;
}

function cniInterfaces(parsed: unknown, spec: unknown): CniInterface[] {
  const byName = field(field(parsed, 'cniResult'), 'Interfaces');
  if (typeof byName === 'object' && byName !== null) {
    return Object.entries(byName)
      .slice(0, maxInterfaces)
      .map(([name, value]) => ({ name, sandbox: textField(value, 'Sandbox') || undefined }));
  }
  const annotation = textField(field(spec, 'annotations'), 'io.kubernetes.cri-o.CNIResult');
  if (annotation === undefined) return [];
  return listField(parse(annotation), 'interfaces')
    .slice(0, maxInterfaces)
    .map((value) => ({
      name: textField(value, 'name') ?? '',
      sandbox: textField(value, 'sandbox') || undefined,
    }));
}

function isPid(value: number): boolean {
  return value > 0 && value <= maxPid;
}

function isPath(path: string | undefined): path is string {
  return path?.startsWith('/') === true && path.length <= maxPathLength && !path.includes('\0');
}

/** As dev_valid_name() of the kernel (net/core/dev.c) has it, and so always a file name. */
function isInterfaceName(name: string): boolean {
  return /^[^\s/:\0]{1,15}$/.test(name) && name !== '.' && name !== '..';
}
