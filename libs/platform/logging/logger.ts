import { type LoggerService } from '@nestjs/common';
import { pino, type Logger as PinoLogger } from 'pino';

/** Structured logger. Fields, not sentences: `logger.warn({ deviceId, reason }, 'reading rejected')`. Never personal data, payloads or secrets. */
export type Logger = Pick<PinoLogger, 'error' | 'warn' | 'info' | 'debug'> & {
  child(fields: Record<string, unknown>): Logger;
};

/** Injection token of the {@link Logger}. */
export const LOGGER = Symbol('Logger');

export function createLogger(level: string, destination?: string): Logger {
  return destination
    ? pino({ level, base: undefined }, pino.destination({ dest: destination, mkdir: true, sync: false }))
    : pino({ level, base: undefined });
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
