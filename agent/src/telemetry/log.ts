import { destination, type Logger, pino } from 'pino';
import type { LogLevel } from '../core/log.ts';

/**
 * JSON lines on stderr, each with the node's name. Written at once and not from a buffer, so that nothing is lost when
 * the process is killed; the agent logs per session and not per event.
 */
export function openLog(level: LogLevel, node: string): Logger {
  return pino({ level, base: { node } }, destination({ fd: 2, sync: true }));
}
