import { type LoggerService } from '@nestjs/common';
import { pino, type Logger as PinoLogger } from 'pino';

/** Structured logger. Fields, not sentences: `logger.warn({ deviceId, reason }, 'reading rejected')`. Never personal data, payloads or secrets. */
export type Logger = Pick<PinoLogger, 'error' | 'warn' | 'info' | 'debug'> & {
  child(fields: Record<string, unknown>): Logger;
};

/** Injection token of the {@link Logger}. */
export const LOGGER = Symbol('Logger');

/** What waits for a disk that takes nothing; lines beyond it are lost. */
const maxWaitingBytes = 2 ** 20;

/** @param destination a file; left out, standard output */
export function createLogger(level: string, destination?: string): Logger {
  if (!destination) return pino({ level, base: undefined });
  const file = pino.destination({ dest: destination, mkdir: true, sync: false, maxLength: maxWaitingBytes });
  // A full disk must not end the process that raises alarms. What could not be written is tried again with the next line.
  file.on('error', (error: NodeJS.ErrnoException) => {
    if (error.syscall !== 'write') throw error;
  });
  return pino({ level, base: undefined }, file);
}

/** Routes what Nest itself logs into our logger. Nest's chatter of "mapped route" lines is debug, not life cycle. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error({ detail: rest.map(String) }, String(message));
  }
}
