import { Module } from '@nestjs/common';
import { DeviceRegistryModule } from '@sc/features/devices';
import { MessageReplayer } from './message-replayer.js';

@Module({ imports: [DeviceRegistryModule], providers: [MessageReplayer], exports: [MessageReplayer] })
export class ReplayModule {}
