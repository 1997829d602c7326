import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { type InboundBatch, MqttBatch } from '@sc/platform/mqtt';
import { IngestService } from './ingest.service.js';

/** The door for devices: one call per batch. */
@Controller()
export class IngestController {
  constructor(@Inject(IngestService) private readonly ingest: IngestService) {}

  @MqttBatch()
  async handle(@Payload() batch: InboundBatch): Promise<void> {
    await this.ingest.ingest(batch);
  }
}
