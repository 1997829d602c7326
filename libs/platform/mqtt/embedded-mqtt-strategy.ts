import { BaseRpcContext, type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { type BrokerStatus, EmbeddedBroker } from './embedded-broker.js';
import { type InboundBatch, MQTT_TRANSPORT, mqttBatchPattern } from './message.js';
import type { BrokerOptions } from './options.js';

export interface EmbeddedMqttOptions extends BrokerOptions {
  /** Runs before the port opens: what must be loaded before the first device may speak. */
  beforeListen?: () => Promise<void>;
  /** A stop is asked for, perhaps while `beforeListen` still runs. */
  beforeClose?: () => void;
  /** Runs after the last batch. */
  afterClose?: () => Promise<void>;
}

/**
 * The embedded broker as a NestJS transport: `app.connectMicroservice({ strategy })` and one `@MqttBatch()` handler.
 * `close` is called by Nest before `onApplicationShutdown`, so the stores are still open.
 */
export class EmbeddedMqttStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = MQTT_TRANSPORT;
  readonly broker: EmbeddedBroker;

  constructor(private readonly options: EmbeddedMqttOptions) {
    super();
    this.broker = new EmbeddedBroker(options, (batch) => this.dispatch(batch));
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    this.options.beforeClose?.();
    await this.broker.close();
    await this.options.afterClose?.();
  }

  /** For health: what waits, and since when commits fail. */
  health(): BrokerStatus {
    return this.broker.status();
  }

  override on(): void {
    throw new Error('the embedded broker has no events of its own; use health()');
  }

  override unwrap<T>(): T {
    return this.broker as T;
  }

  private async start(): Promise<void> {
    if (!this.getHandlerByPattern(mqttBatchPattern)) throw new Error('no @MqttBatch() handler is in this application');
    await this.options.beforeListen?.();
    await this.broker.listen();
    this.options.logger.info({ port: this.broker.port }, 'mqtt broker listens');
  }

  private async dispatch(batch: InboundBatch): Promise<void> {
    const handler = this.getHandlerByPattern(mqttBatchPattern);
    const result: unknown = await handler?.(batch, new BaseRpcContext([]));
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  }
}
