import { counted, grouped } from '../events/accounting.ts';
import type { AddressHome } from '../names/address-names.ts';
import { type Departures, MAX_DEPARTURES } from '../trace/departures.ts';
import { groupedBy, listed } from './summary.ts';

/** On which nodes addresses are, as far as is known. */
export interface AddressHomes {
  homesOf(
    addresses: ReadonlyArray<{ readonly bytes: Uint8Array; readonly wallTimeMs: number }>,
  ): ReadonlyArray<AddressHome | undefined>;
}

const MAX_LINES = 3;

/**
 * Which packets left their nodes for others that were not traced, so that what became of them there is not known. A lost one
 * among them looks like one that arrived.
 */
export function untracedDestinationLines(
  departures: Pick<Departures, 'all' | 'isFull'>,
  tracedNodes: ReadonlySet<string>,
  { homes, homeNamespace }: { homes: AddressHomes; homeNamespace: string | undefined },
): string[] {
  const all = [...departures.all];
  const homesOfAll = homes.homesOf(all);
  const untraced = all.flatMap((departure, index) => {
    const home = homesOfAll[index];
    return home === undefined || tracedNodes.has(home.node) ? [] : [{ departure, home }];
  });
  const groups = groupedBy(untraced, ({ departure, home }) => {
    const isInferred = home.owner === undefined;
    const inferred = isInferred ? ' (inferred from its range of pod addresses)' : '';
    return `left ${departure.node} by ${departure.interfaceName} for ${home.node}${inferred}, which is not traced`;
  });
  const lines = Array.from(groups, ([where, packets]) => {
    const names = packets.map(({ departure, home }) =>
      addressText(departure.address, home, homeNamespace),
    );
    return `Packets for ${listed(names)} ${where}`;
  });
  const rest = lines.length - MAX_LINES;
  return [
    ...lines.slice(0, MAX_LINES),
    ...(rest > 0 ? [`So did others, by ${counted(rest, 'other way')}`] : []),
    ...(departures.isFull
      ? [
          `Packets left for more than ${grouped(MAX_DEPARTURES)} addresses: of the others it is not known`,
        ]
      : []),
  ];
}

/** `pod/server (10.244.2.7)`, `shop/pod/server (10.244.2.7)`, `node/n2 (10.0.0.2)`, `10.244.2.99`. */
function addressText(
  address: string,
  { owner }: AddressHome,
  homeNamespace: string | undefined,
): string {
  if (owner === undefined) return address;
  const { kind, namespace, name } = owner;
  const isElsewhere = namespace !== undefined && namespace !== homeNamespace;
  return `${isElsewhere ? `${namespace}/` : ''}${kind}/${name} (${address})`;
}
