import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { keys, TestTerminal } from '../support/test-terminal.ts';
import { pwru } from '../support/trace.ts';
import { agentTest } from './agent-test.ts';

const port = 4_446;

/** Longer than a session lives without a word of its client, which is 15 s. */
const beyondLeaseMs = 22_000;

/** A datagram to loopback ten times a second, whose rows fill the screen. */
const traffic = `while true; do bash -c 'echo x > /dev/udp/127.0.0.1/${port}'; sleep 0.1; done`;

/** Rows and what stands below them, not sentences about the trace. */
const rowsOf = (lines: readonly string[]) => lines.filter((line) => /^( {4}|lo:1 |0x)/.test(line));
const widest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));
const headersOf = (lines: readonly string[]) => lines.filter((line) => / FUNC *$/.test(line));

const test = agentTest.extend<{ terminal: TestTerminal }>({
  terminal: async ({ machine, agent }, use) => {
    await using _traffic = await machine.start(traffic);
    const command = `${pwru} --agent ${agent.address} -- udp port ${port}`;
    await using terminal = await TestTerminal.start(machine, { command, columns: 80 });
    await use(terminal);
  },
});

/** Until so many lines have come from a position on. */
async function more(terminal: TestTerminal, lines: number, from: number): Promise<string[]> {
  await expect
    .poll(() => terminal.linesFrom(from).length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(lines);
  return terminal.linesFrom(from);
}

describe('a trace in a terminal', () => {
  test('fits its width, also when that changes, and Ctrl-C ends it and leaves the terminal as it was', async ({
    terminal,
  }) => {
    await terminal.waitFor(/Tracing /);
    const narrow = await more(terminal, 30, 0);
    expect(narrow[0]).toMatch(/^Tracing \d+ functions on /);
    expect(headersOf(narrow)).toHaveLength(1);
    expect(rowsOf(narrow).length).toBeGreaterThan(20);
    expect(widest(rowsOf(narrow))).toBeLessThanOrEqual(80);
    await terminal.resize(132);
    const resizedAt = terminal.shown.length;
    await expect.poll(() => headersOf(terminal.linesFrom(resizedAt)).length).toBe(1);
    const headerAt = resizedAt + terminal.shown.slice(resizedAt).indexOf(' FUNC');
    const wide = await more(terminal, 30, headerAt);
    expect(widest(rowsOf(wide))).toBeLessThanOrEqual(132);
    expect(widest(rowsOf(wide))).toBeGreaterThan(100);
    await terminal.press(keys.ctrlC);
    const { exitCode, stderr } = await terminal.end();
    expect(exitCode).toBe(0);
    const end = terminal.linesFrom(headerAt);
    expect(end.filter((line) => line.includes('Traced for '))).toHaveLength(1);
    expect(end.join('\n')).toMatch(/, 0 lost, /);
    // Modes that it leaves behind.
    expect(stderr).toBe('');
    expect(terminal.shown).not.toContain('\u001b[?');
  });

  test('that is held by Ctrl-S for longer than a lease goes on after Ctrl-Q', {
    timeout: 180_000,
  }, async ({ terminal }) => {
    await terminal.waitFor(/ FUNC/);
    await more(terminal, 30, 0);
    await terminal.press(keys.ctrlS);
    await delay(1_000);
    const heldAt = terminal.shown.length;
    // Nothing but time shows that the session lives on.
    await delay(beyondLeaseMs);
    expect(terminal.shown.length).toBe(heldAt);
    await terminal.press(keys.ctrlQ);
    await more(terminal, 300, heldAt);
    await terminal.press(keys.ctrlC);
    const { exitCode } = await terminal.end();
    const end = terminal.linesFrom(heldAt).join('\n');
    expect(end).toMatch(/^Traced for [2-9]\d\.\d s/m);
    expect(end).toMatch(/, 0 lost, /);
    expect(exitCode).toBe(0);
  });
});
