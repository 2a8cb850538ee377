import type Long from 'long';
import { pwru } from '../../../../proto/gen/pwru.js';
import { requestLimits } from '../../core/limits.ts';
import { parsePodSelection } from './parse-pod-targets.ts';
import { checkText, parseSelection, quote, type RequestField, refuse } from './parse-selection.ts';
import type { TargetSpec, TraceSpec } from './trace-spec.ts';

const { EventKind } = pwru.v1;

/**
 * Checks every field of a StartTrace against the limits that the protocol states. Whether targets, interface and
 * modules exist, and whether libpcap takes the filter, shows when the session prepares.
 * @param maxDurationMs longest session that this agent allows
 * @throws PwruError INVALID_ARGUMENT or REGEX_SYNTAX with `details.field`, for instance `start.mark.mask`
 */
export function parseStart(
  start: pwru.v1.StartTrace.$Properties,
  maxDurationMs: number,
): TraceSpec {
  return Object.freeze({
    ...parseTargets(start),
    filter: checkText(
      { path: 'start.filter', name: 'filter' },
      start.filter ?? '',
      requestLimits.filterBytes,
    ).trim(),
    ...parseSelection(start, 'start.'),
    mark: parseMark(start.mark ?? undefined),
    interfaceName: parseInterfaceName(start.interfaceName ?? ''),
    track: start.track ?? false,
    stack: start.stack ?? false,
    dropsOnly: start.dropsOnly ?? false,
    allDrops: start.allDrops ?? false,
    tellsEnds: (start.eventKinds ?? []).includes(EventKind.EVENT_KIND_END),
    maxDurationMs: parseDuration(start.maxDurationMs ?? undefined, maxDurationMs),
    ringBudgetBytes: parseRingBudget(start.ringBudgetBytes ?? undefined),
    mayShrinkRings: (start.ringBudgetBytes?.toNumber() ?? 0) === 0,
    heldShare: 1,
    watermarkIntervalMs: parseWatermarkInterval(start.watermarkIntervalMs ?? 0),
    shortRepeats: start.shortRepeats ?? false,
    expectsPods: start.expectsPods ?? false,
    clientName: checkText(
      { path: 'start.client_name', name: 'client name' },
      start.clientName ?? '',
      requestLimits.clientNameBytes,
    ),
  });
}

function parseTargets(start: pwru.v1.StartTrace.$Properties): Pick<TraceSpec, 'targets' | 'pods'> {
  const targets = start.targets ?? [];
  const addresses = start.addresses ?? [];
  const ports = start.ports ?? [];
  const podsOnly = start.podsOnly ?? false;
  const places = targets.map((target, index) => ({ target, path: `start.targets[${index}]` }));
  const pods = places.flatMap(({ target, path }) =>
    target.pod ? [{ path: `${path}.pod`, pod: target.pod }] : [],
  );
  const others = places.filter(({ target }) => !target.pod);
  if (others.length > requestLimits.targets) {
    const why = `there are ${others.length}, the limit is ${requestLimits.targets}`;
    throw refuse({ path: 'start.targets', name: 'targets' }, undefined, why);
  }
  if (podsOnly && others.length > 0) {
    const field: RequestField = { path: 'start.pods_only', name: 'pods_only' };
    throw refuse(field, undefined, 'there is a target that is no pod');
  }
  const selection = {
    ...{ pods, podsPath: 'start.targets' },
    ...{ addresses, addressesPath: 'start.addresses' },
    ...{ ports, portsPath: 'start.ports' },
  };
  for (const [name, list] of Object.entries({ addresses, ports })) {
    if (podsOnly || pods.length > 0 || list.length === 0) continue;
    throw refuse({ path: `start.${name}`, name }, undefined, 'they need pods_only or a pod target');
  }
  return {
    targets: Object.freeze(
      others.map(({ target, path }) => Object.freeze(parseTarget(target, path))),
    ),
    pods: podsOnly || pods.length > 0 ? parsePodSelection(selection) : undefined,
  };
}

function parseTarget(target: pwru.v1.Target.$Properties, path: string): TargetSpec {
  if (typeof target.netnsName === 'string') {
    return { kind: 'netns', name: parseNetnsName(`${path}.netns_name`, target.netnsName) };
  }
  if (typeof target.pid === 'number') {
    const field: RequestField = { path: `${path}.pid`, name: 'process id' };
    if (!Number.isInteger(target.pid) || target.pid < 1 || target.pid > requestLimits.pid) {
      throw refuse(field, `${target.pid}`, `it must be from 1 to ${requestLimits.pid}`);
    }
    return { kind: 'pid', pid: target.pid };
  }
  throw refuse({ path, name: 'target' }, undefined, 'it names nothing that this agent knows');
}

/** One file name under /run/netns. */
function parseNetnsName(path: string, name: string): string {
  const field: RequestField = { path, name: 'network namespace name' };
  checkText(field, name, requestLimits.netnsNameBytes);
  if (name === '' || name === '.' || name === '..' || name.includes('/')) {
    throw refuse(field, quote(name), 'it must be one file name under /run/netns');
  }
  return name;
}

/** The kernel's own rule: dev_valid_name() of net/core/dev.c. */
function parseInterfaceName(name: string): string | undefined {
  if (name === '') return undefined;
  const field: RequestField = { path: 'start.interface_name', name: 'interface name' };
  checkText(field, name, requestLimits.interfaceNameBytes);
  if (name === '.' || name === '..' || /[/:\s]/.test(name)) {
    throw refuse(
      field,
      quote(name),
      'the kernel allows no "/", ":" or white space in one, nor "." and ".."',
    );
  }
  return name;
}

function parseMark(mark: pwru.v1.MarkFilter.$Properties | undefined): TraceSpec['mark'] {
  if (mark === undefined) return undefined;
  const value = parseUint32({ path: 'start.mark.value', name: 'mark' }, mark.value ?? 0);
  const maskField: RequestField = { path: 'start.mark.mask', name: 'mark mask' };
  const mask = parseUint32(maskField, mark.mask ?? 0);
  if (mask === 0) {
    throw refuse(maskField, '0', 'every packet would match; 0xffffffff compares the whole mark');
  }
  return Object.freeze({ value, mask });
}

function parseUint32(field: RequestField, value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw refuse(field, `${value}`, 'it must be from 0 to 0xffffffff');
  }
  return value;
}

function parseDuration(duration: Long | undefined, maxDurationMs: number): number {
  const durationMs = duration?.toNumber() ?? 0;
  if (durationMs === 0) return maxDurationMs;
  if (durationMs < 0 || durationMs > maxDurationMs) {
    const field: RequestField = { path: 'start.max_duration_ms', name: 'duration' };
    throw refuse(field, `${durationMs} ms`, `this agent allows at most ${maxDurationMs} ms`);
  }
  return durationMs;
}

function parseRingBudget(budget: Long | undefined): number {
  const budgetBytes = budget?.toNumber() ?? 0;
  if (budgetBytes === 0) return requestLimits.defaultRingBudgetBytes;
  const { minRingBudgetBytes, maxRingBudgetBytes } = requestLimits;
  if (budgetBytes < minRingBudgetBytes || budgetBytes > maxRingBudgetBytes) {
    const field: RequestField = { path: 'start.ring_budget_bytes', name: 'ring budget' };
    const why = `it must be from ${minRingBudgetBytes} to ${maxRingBudgetBytes} bytes`;
    throw refuse(field, `${budgetBytes} bytes`, why);
  }
  return budgetBytes;
}

function parseWatermarkInterval(intervalMs: number): number | undefined {
  if (intervalMs === 0) return undefined;
  const { minWatermarkIntervalMs: min, maxWatermarkIntervalMs: max } = requestLimits;
  if (intervalMs < min || intervalMs > max) {
    const field: RequestField = { path: 'start.watermark_interval_ms', name: 'watermark interval' };
    throw refuse(field, `${intervalMs} ms`, `it must be from ${min} to ${max} ms`);
  }
  return intervalMs;
}
