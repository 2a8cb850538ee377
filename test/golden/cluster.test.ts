import { expect, test } from 'vitest';
import type { EventRenderer } from '../../plugin/src/render/renderer.ts';
import { JsonRenderer } from '../../plugin/src/render/json.ts';
import { colourStyle, plainStyle } from '../../plugin/src/terminal/style.ts';
import { TableRenderer } from '../../plugin/src/render/table.ts';
import { MemoryCluster } from '../../plugin/testing/memory-cluster.ts';
import { recordedNames, recordedNodes } from '../../plugin/testing/recorded-cluster.ts';
import { summary } from '../../plugin/testing/recorded-session.ts';

/** What a trace of two nodes prints on standard output, merged. */
async function trace(renderer: EventRenderer): Promise<string> {
  const nodes = Object.entries(recordedNodes);
  const targets = nodes.map(([node]) => node);
  const cluster = new MemoryCluster(targets, { renderer, homeNamespace: 'shop' });
  await new Promise(setImmediate);
  for (const [node, responses] of nodes) cluster.send(node, ...responses);
  await new Promise(setImmediate);
  cluster.run.stop('timeout');
  for (const [node] of nodes) cluster.send(node, { summary });
  expect(await cluster.exit).toBe(0);
  return cluster.stdout.text;
}

const plain = { headers: true, style: plainStyle, place: 'cluster', timestamp: 'none' } as const;

test.each([
  ['80', { ...plain, terminalWidth: 80 }],
  ['120-relative', { ...plain, timestamp: 'relative', terminalWidth: 120 }],
  ['160', { ...plain, terminalWidth: 160 }],
  ['200', { ...plain, terminalWidth: 200 }],
  ['200-absolute-colour', { ...plain, style: colourStyle, timestamp: 'absolute', terminalWidth: 200 }],
  ['pipe', { ...plain, terminalWidth: undefined }],
] as const)('TableRenderer prints two nodes of a cluster: %s', async (name, options) => {
  const names = recordedNames();
  const text = await trace(new TableRenderer({ ...options, names }));
  await expect(text).toMatchFileSnapshot(`cluster-${name}.txt`);
});

test('TableRenderer prints addresses as they are without names', async () => {
  const text = await trace(new TableRenderer({ ...plain, terminalWidth: 200 }));
  await expect(text).toMatchFileSnapshot('cluster-200-no-names.txt');
});

test('JsonRenderer prints two nodes of a cluster', async () => {
  const text = await trace(new JsonRenderer(recordedNames()));
  await expect(text).toMatchFileSnapshot('cluster.ndjson');
});

test.each([80, 120, 160, 200])('no row is wider than a terminal of %i', async (terminalWidth) => {
  const names = recordedNames();
  const text = await trace(new TableRenderer({ ...plain, terminalWidth, names }));
  for (const row of text.split('\n')) expect(row.length).toBeLessThanOrEqual(terminalWidth);
});
