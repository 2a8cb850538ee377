import { ClusterAgents } from '../../agents/cluster-agents.ts';
import type { TraceOptions } from '../../cli/trace-options.ts';
import type { KubeApi } from '../../kubernetes/kube-api.ts';
import { AddressNames } from '../../names/address-names.ts';
import type { NameLookup } from '../../render/endpoint-names.ts';
import type { PrintedEvents } from '../../render/printed-events.ts';
import type { Reporter } from '../../report/reporter.ts';
import { followTargets, type TargetFollower } from '../../targets/follow-targets.ts';
import type { TargetChange } from '../../targets/target-state.ts';
import type { TraceRun } from '../../trace/trace-run.ts';
import { clusterRun } from './cluster-run.ts';

export interface ClusterTraceParts {
  readonly api: KubeApi;
  readonly options: TraceOptions;
  readonly reporter: Reporter;
  /** @param names undefined with --no-resolve */
  readonly newPrinter: (names: NameLookup | undefined) => PrintedEvents;
}

/** A trace of what the command line names in a cluster, with all that it needs there. */
export class ClusterTrace implements Disposable {
  readonly run: TraceRun;
  /** In the order in which they were opened. */
  readonly #owned: readonly Disposable[];

  private constructor(run: TraceRun, owned: readonly Disposable[]) {
    this.run = run;
    this.#owned = owned;
  }

  /**
   * Finds the targets and the agents, and begins to trace them. The API is not closed at the end.
   * @throws KubeError @throws TargetError when there is nothing to trace @throws UsageError
   */
  static async open(parts: ClusterTraceParts): Promise<ClusterTrace> {
    const { api, options, reporter, newPrinter } = parts;
    const note = (text: string) => reporter.note(text);
    let onChange: (changes: readonly TargetChange[]) => void = () => {};
    const owned: Disposable[] = [];
    try {
      const [follower, agents] = await allOwned(owned, [
        followTargets(api, options, { onChange: (changes) => onChange(changes), onNotice: note }),
        ClusterAgents.open(api, { agentNamespace: options.agentNamespace, note }),
      ]);
      const homeNamespace = onlyNamespace(follower);
      const names = options.resolveNames ? openNames(parts, follower) : undefined;
      if (names !== undefined) owned.push(names);
      const printer = newPrinter(
        names && { nameAt: (...address) => names.nameAt(...address), homeNamespace },
      );
      const { run, nodes, pods } = clusterRun({
        ...{ options, reporter, printer, agents, follower, homeNamespace },
        homes: options.scope.allNodes ? undefined : names,
      });
      owned.push(nodes);
      onChange = (changes) => {
        pods.changed(changes);
        nodes.update();
      };
      return new ClusterTrace(run, owned);
    } catch (thrown) {
      disposeAll(owned);
      throw thrown;
    }
  }

  [Symbol.dispose](): void {
    disposeAll(this.#owned);
  }
}

/** Waits for both; what comes is added to `owned` also when the other one fails. */
async function allOwned<A extends Disposable, B extends Disposable>(
  owned: Disposable[],
  promises: readonly [Promise<A>, Promise<B>],
): Promise<[A, B]> {
  const settled = await Promise.allSettled(promises);
  for (const one of settled) if (one.status === 'fulfilled') owned.push(one.value);
  return Promise.all(promises);
}

function disposeAll(owned: readonly Disposable[]): void {
  for (const one of [...owned].reverse()) one[Symbol.dispose]();
}

function onlyNamespace({ namespaces }: TargetFollower): string | undefined {
  return namespaces?.length === 1 ? namespaces[0] : undefined;
}

function openNames(
  { api, reporter }: ClusterTraceParts,
  { namespaces }: TargetFollower,
): AddressNames {
  return new AddressNames(api, {
    namespaces,
    note: (text) => reporter.note(text),
    now: Date.now,
  });
}
