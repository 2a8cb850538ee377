import { type KubeApi, KubeError } from '../../kubernetes/kube-api.ts';

const REVIEW_PATH = '/apis/authentication.k8s.io/v1/selfsubjectreviews';

interface SelfReview {
  readonly status?: { readonly userInfo?: { readonly username?: string } };
}

/**
 * The part of a `kubectl create rolebinding` that says to whom: `--serviceaccount=shop:nobody`, `--user=jane`; `--user=NAME`
 * where the server does not say who asks.
 * @param namespace in which the user may not do something with pods
 */
export async function subjectFlag(api: KubeApi, namespace: string): Promise<string> {
  const name = (await reviewedName(api)) ?? (await refusedName(api, namespace));
  // Rights for it would be everybody's.
  if (name === undefined || name === 'system:anonymous') return '--user=NAME';
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  if (account !== null) return `--serviceaccount=${account[1]}:${account[2]}`;
  return `--user=${/^[\w.@:/-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`}`;
}

/** Servers from 1.28 on say it. */
async function reviewedName(api: KubeApi): Promise<string | undefined> {
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const { status } = await orNothing(
    api.request<SelfReview>({ method: 'POST', path: REVIEW_PATH, body: review }),
  );
  return status?.userInfo?.username;
}

/** Others name who asks when they refuse something. */
async function refusedName(api: KubeApi, namespace: string): Promise<string | undefined> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  try {
    await api.request({ method: 'GET', path, query: { limit: '1' } });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof KubeError)) throw thrown;
    return /User "([^"]+)" cannot /.exec(thrown.message)?.[1];
  }
}

async function orNothing<T extends object>(asking: Promise<T>): Promise<Partial<T>> {
  try {
    return await asking;
  } catch (thrown) {
    if (thrown instanceof KubeError) return {};
    throw thrown;
  }
}
