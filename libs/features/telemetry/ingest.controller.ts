import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { type InboundBatch, type Keep, MqttBatch } from '@sc/platform/mqtt';
import { IngestService } from './ingest.service.js';

/** The door for devices: one call per batch. */
@Controller()
export class IngestController {
  constructor(@Inject(IngestService) private readonly ingest: IngestService) {}

  @MqttBatch()
  handle(@Payload() batch: InboundBatch): Promise<Keep | undefined> {
    return this.ingest.ingest(batch);
  }
}
