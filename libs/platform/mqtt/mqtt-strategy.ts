import { BaseRpcContext, type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import {
  type BatchHandler,
  type InboundBatch,
  type InboundMessage,
  type Keep,
  MQTT_TRANSPORT,
  mqttBatchPattern,
} from './message.js';

/** What waits for its commit, and what keeps it waiting. */
export interface MqttStatus {
  pendingMessages: number;
  pendingBytes: number;
  /** Since when commits fail and acknowledgements wait (ms since the epoch). */
  stalledSince: number | undefined;
  /** Since when an external broker cannot be heard (ms since the epoch). */
  disconnectedSince?: number | undefined;
}

/** Where messages come from: the broker in this process, or one elsewhere. */
export interface MqttSource {
  listen(): Promise<void>;
  /** Finishes and acknowledges the running batch, then lets go. Bounded in time. */
  close(): Promise<void>;
  status(): MqttStatus;
  /** Takes in a message that nobody sends now, in its turn among the others. */
  inject(message: InboundMessage, signal: AbortSignal): Promise<void>;
}

export interface MqttHooks {
  /** Runs before the first message: what must be loaded before a device may speak. */
  beforeListen?: () => Promise<void>;
  /** A stop is asked for, perhaps while `beforeListen` still runs. */
  beforeClose?: () => void;
  /** Runs after the last batch. */
  afterClose?: () => Promise<void>;
}

/**
 * A source as a NestJS transport: `app.connectMicroservice({ strategy })` and one `@MqttBatch()` handler.
 * `close` is called by Nest before `onApplicationShutdown`, so the stores are still open.
 */
export abstract class MqttStrategy<S extends MqttSource> extends Server implements CustomTransportStrategy {
  override readonly transportId = MQTT_TRANSPORT;
  readonly broker: S;

  protected constructor(
    private readonly hooks: MqttHooks,
    source: (handle: BatchHandler) => S,
  ) {
    super();
    this.broker = source((batch) => this.dispatch(batch));
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    this.hooks.beforeClose?.();
    await this.broker.close();
    await this.hooks.afterClose?.();
  }

  health(): MqttStatus {
    return this.broker.status();
  }

  override on(): void {
    throw new Error('this transport has no events of its own; use health()');
  }

  override unwrap<T>(): T {
    return this.broker as unknown as T;
  }

  private async start(): Promise<void> {
    if (!this.getHandlerByPattern(mqttBatchPattern)) throw new Error('no @MqttBatch() handler is in this application');
    await this.hooks.beforeListen?.();
    await this.broker.listen();
  }

  private async dispatch(batch: InboundBatch): Promise<Keep | undefined> {
    const handler = this.getHandlerByPattern(mqttBatchPattern);
    const answer: unknown = await handler?.(batch, new BaseRpcContext([]));
    const value: unknown = isObservable(answer) ? await lastValueFrom(answer, { defaultValue: undefined }) : answer;
    return typeof value === 'function' ? (value as Keep) : undefined;
  }
}
