import type { KubeApi } from '../../kubernetes/kube-api.ts';
import { listed } from '../../terminal/text.ts';
import type { Manifest } from '../deploy/manifests.ts';
import { type Finding, failure, ok, warning } from './finding.ts';
import { subjectFlag } from './who-asks.ts';

/** Something that one may be allowed to do. */
interface Attribute {
  readonly group: string;
  /** With its subresource: `pods/portforward`. */
  readonly resource: string;
  readonly verb: string;
}

interface AccessReview {
  readonly status?: { readonly allowed?: boolean };
}

const REVIEW_PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Names of the roles that the manifests have for users. */
const TARGETS_ROLE = 'pwru-trace';
const AGENTS_ROLE = 'pwru-agents';

/** Without these nothing can be traced; the other kinds are named in targets, or give names to addresses. */
const essential: ReadonlySet<string> = new Set(['pods']);

/** From this minor version of Kubernetes 1 on a WebSocket needs the verb `create`, too. */
const WEBSOCKET_NEEDS_CREATE = 35;

export interface PermissionScope {
  /** Where agents are. */
  readonly agentNamespace: string;
  /** Where targets without a namespace are looked for. */
  readonly namespace: string;
  /** Of the API server: 20 of 1.20. */
  readonly serverMinor: number;
}

/**
 * What the user may do of what the shipped roles for users allow, asked one by one (SelfSubjectAccessReview).
 * @param manifests those of deploy/, as they are for the agents' namespace
 * @throws KubeError
 */
export async function checkPermissions(
  api: KubeApi,
  manifests: readonly Manifest[],
  scope: PermissionScope,
): Promise<Finding[]> {
  const [targets, agents] = await Promise.all([
    checkTargets(api, attributesOf(manifests, TARGETS_ROLE), scope.namespace),
    checkAgents(api, attributesOf(manifests, AGENTS_ROLE), scope),
  ]);
  return [targets, agents];
}

function attributesOf(manifests: readonly Manifest[], role: string): Attribute[] {
  const rules = manifests.find(({ metadata }) => metadata.name === role)?.rules ?? [];
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) => verbs.map((verb) => ({ group, resource, verb }))),
    ),
  );
}

async function checkTargets(
  api: KubeApi,
  attributes: readonly Attribute[],
  namespace: string,
): Promise<Finding> {
  const check = 'targets';
  const everywhere = await missing(api, attributes, undefined);
  if (everywhere.length === 0) return ok(check, 'may be looked for in all namespaces');
  const there = await missing(api, everywhere, namespace);
  const subject = await subjectFlag(api, namespace);
  const anywhere = administrator(
    `clusterrolebinding pwru-trace --clusterrole=${TARGETS_ROLE} ${subject}`,
  );
  const within = administrator(
    `rolebinding pwru-trace -n ${namespace} --clusterrole=${TARGETS_ROLE}-namespace ${subject}`,
  );
  const blocking = there.filter(({ resource }) => essential.has(resource));
  if (blocking.length > 0) {
    const detail = `you may not ${shown(blocking)} in namespace ${namespace}`;
    return failure(check, detail, { remedy: within });
  }
  if (everywhere.some(({ resource }) => essential.has(resource))) {
    const rest = there.length === 0 ? '' : `, and there you may not ${shown(there)}`;
    const detail = `may be looked for in namespace ${namespace}, not in all${rest}`;
    return warning(check, detail, { remedy: anywhere });
  }
  return warning(check, `pods may be looked for; you may not ${shown(everywhere)}`, {
    remedy: anywhere,
  });
}

async function checkAgents(
  api: KubeApi,
  attributes: readonly Attribute[],
  { agentNamespace, serverMinor }: PermissionScope,
): Promise<Finding> {
  const check = 'way to the agents';
  const lacking = await missing(api, attributes, agentNamespace);
  if (lacking.length === 0)
    return ok(check, `agents in namespace ${agentNamespace} may be found and asked`);
  const subject = await subjectFlag(api, agentNamespace);
  const remedy = administrator(
    `rolebinding pwru-agents -n ${agentNamespace} --role=${AGENTS_ROLE} ${subject}`,
  );
  const detail = `you may not ${shown(lacking)} in namespace ${agentNamespace}`;
  const blocking = lacking.filter(({ verb }) => verb !== 'watch' && !isLater(verb, serverMinor));
  return blocking.length > 0
    ? failure(check, detail, { remedy })
    : warning(check, detail, { remedy });
}

function administrator(create: string): string {
  return `an administrator can do it for you: kubectl create ${create}`;
}

/** Needed by servers that are newer than this one. */
function isLater(verb: string, serverMinor: number): boolean {
  return verb === 'create' && serverMinor < WEBSOCKET_NEEDS_CREATE;
}

/** Those that are not allowed. @param namespace undefined: in all of them */
async function missing(
  api: KubeApi,
  attributes: readonly Attribute[],
  namespace: string | undefined,
): Promise<Attribute[]> {
  const allowed = await Promise.all(
    attributes.map((attribute) => isAllowed(api, attribute, namespace)),
  );
  return attributes.filter((_, index) => !allowed[index]);
}

async function isAllowed(
  api: KubeApi,
  { group, resource, verb }: Attribute,
  namespace: string | undefined,
): Promise<boolean> {
  const [plural = '', subresource] = resource.split('/');
  const { status } = await api.request<AccessReview>({
    method: 'POST',
    path: REVIEW_PATH,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: {
          ...{ group, resource: plural, verb },
          ...(subresource === undefined ? {} : { subresource }),
          ...(namespace === undefined ? {} : { namespace }),
        },
      },
    },
  });
  return status?.allowed === true;
}

/** `list and watch pods, and get pods/portforward` */
function shown(attributes: readonly Attribute[]): string {
  const verbsByResource = new Map<string, string[]>();
  for (const { group, resource, verb } of attributes) {
    const name = group === '' ? resource : `${resource}.${group}`;
    verbsByResource.set(name, [...(verbsByResource.get(name) ?? []), verb]);
  }
  return listed([...verbsByResource].map(([resource, verbs]) => `${verbs.join('/')} ${resource}`));
}
