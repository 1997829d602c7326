import { applyDecorators, type ArgumentsHost, Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';

/** Identifies the transport, so that in a hybrid application each `@EventPattern` is bound to the right one. */
export const MQTT_TRANSPORT = Symbol('mqtt');
export const mqttBatchPattern = 'mqtt.batch';

/** One PUBLISH of a device, already checked to be on a topic of its own. */
export interface InboundMessage {
  topic: string;
  /** Of a payload over the limit only its beginning; compare with `payloadBytes`. */
  payload: Buffer;
  /** Size as it was sent. */
  payloadBytes: number;
  qos: 0 | 1 | 2;
  retain: boolean;
  /** `{community}/{device}` of the login, not of the topic; of the topic where an external broker has checked the login. */
  deviceId: string;
  /** When we read it from the socket, ms since the epoch. */
  receivedAt: number;
  /** A broker's memory of an earlier message, not the message itself: no sign of life. */
  remembered?: true;
  /** Of a message that is taken in again: when it came first, ms since the epoch. It stands for a missing time of the device. */
  firstReceivedAt?: number;
}

/** Messages of one lane that are handled, committed and acknowledged together. The same object is handed in again when the handler failed. */
export interface InboundBatch {
  readonly messages: readonly InboundMessage[];
  /** Devices whose connection came or went since the last batch; it counts after their messages. */
  readonly presence: ReadonlyMap<string, 'online' | 'offline'>;
  /** Everything that arrived up to this moment is in this batch or an earlier one (ms since the epoch). */
  readonly asOf: number;
}

/** Puts on disk what a batch left to be kept. Idempotent: called again after a failure, with back-off, for ever. */
export type Keep = () => Promise<void>;

/** What a batch is handed to. Without a {@link Keep} in its answer everything is on disk already. */
export type BatchHandler = (batch: InboundBatch) => Promise<Keep | undefined>;

/** Hands a failure to the transport unchanged: it retries and logs; Nest's own filter would hide the cause. */
@Catch()
class PassToTransport implements RpcExceptionFilter {
  catch(exception: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => exception);
  }
}

/**
 * Marks the one {@link BatchHandler}. When the {@link Keep} of its answer resolves, all messages of the batch are
 * acknowledged: they must be on disk by then. While that takes, the next batch is handed in already. When the handler
 * rejects, the same batch is handed in again with back-off, for ever, and no other before it.
 */
export const MqttBatch = (): MethodDecorator =>
  applyDecorators(EventPattern(mqttBatchPattern, MQTT_TRANSPORT) as MethodDecorator, UseFilters(new PassToTransport()));
