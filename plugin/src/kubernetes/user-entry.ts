import { configurationError } from './configuration-error.ts';
import type { UserEntry } from './kubeconfig.ts';

/**
 * Refuses what kubectl refuses of a user.
 * @throws KubeError "InvalidConfiguration"
 */
export function validateUser(user: UserEntry, name: string): void {
  const methods = [
    ...(user.token === undefined ? [] : ['token']),
    ...(user.username === undefined && user.password === undefined ? [] : ['basicAuth']),
  ];
  if (methods.length > 1) {
    throw configurationError(
      `more than one authentication method found for ${name}; found [${methods.join(' ')}], only one is allowed`,
    );
  }
  if (user.exec !== undefined && user.authProvider !== undefined) {
    throw configurationError(
      `authProvider cannot be provided in combination with an exec plugin for ${name}`,
    );
  }
  const impersonatesMore =
    user.asUid !== undefined ||
    (user.asGroups ?? []).length > 0 ||
    (user.asExtra ?? new Map()).size > 0;
  if (impersonatesMore && user.as === undefined) {
    throw configurationError(
      `requesting uid, groups or user-extra for ${name} without impersonating a user`,
    );
  }
  if (user.exec !== undefined) validateExec(user.exec, name);
}

const execVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];
const interactiveModes = [undefined, 'Never', 'IfAvailable', 'Always'];

function validateExec(exec: NonNullable<UserEntry['exec']>, name: string): void {
  if (exec.command === undefined)
    throw configurationError(
      `command must be specified for ${name} to use exec authentication plugin`,
    );
  if (exec.apiVersion === undefined)
    throw configurationError(
      `apiVersion must be specified for ${name} to use exec authentication plugin`,
    );
  if (!execVersions.includes(exec.apiVersion)) {
    throw configurationError(`exec plugin: invalid apiVersion "${exec.apiVersion}"`);
  }
  if (exec.interactiveMode === undefined && exec.apiVersion === execVersions[0]) {
    throw configurationError(
      `interactiveMode must be specified for ${name} to use exec authentication plugin`,
    );
  }
  if (!interactiveModes.includes(exec.interactiveMode)) {
    throw configurationError(`invalid interactiveMode for ${name}: "${exec.interactiveMode}"`);
  }
}
