// The manifests of deploy/, as they are when the bundle is built, in the order of its kustomization.yaml.
import clusterRole from '../../../../deploy/cluster-role.yaml' with { type: 'text' };
import clusterRoleBinding from '../../../../deploy/cluster-role-binding.yaml' with { type: 'text' };
import daemonSet from '../../../../deploy/daemon-set.yaml' with { type: 'text' };
import namespace from '../../../../deploy/namespace.yaml' with { type: 'text' };
import networkPolicy from '../../../../deploy/network-policy.yaml' with { type: 'text' };
import role from '../../../../deploy/role.yaml' with { type: 'text' };
import serviceAccount from '../../../../deploy/service-account.yaml' with { type: 'text' };

/** YAML, of one document or more each. */
export const manifestTexts: readonly string[] = [
  namespace,
  serviceAccount,
  clusterRole,
  clusterRoleBinding,
  role,
  networkPolicy,
  daemonSet,
];
