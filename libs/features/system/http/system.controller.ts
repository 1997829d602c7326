import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type System, type SystemPulse, systemPulseSchema, systemSchema } from '@sc/contracts';
import { Answers, Roles } from '@sc/platform/http';
import { pulseOf } from '../pulse.js';
import { SystemReadModel } from './system-read-model.js';

@ApiTags('system')
@Controller('system')
export class SystemController {
  constructor(private readonly readModel: SystemReadModel) {}

  /** How every process of the platform is and what waits, in numbers of the last minute. */
  @Get()
  @Roles('admin')
  @Answers(systemSchema)
  read(): Promise<System> {
    return this.readModel.read();
  }

  /** Whether the platform does its work, for whoever watches over it: what is in trouble, and how late it is. */
  @Get('pulse')
  @Roles('admin', 'operator', 'manager')
  @Answers(systemPulseSchema)
  async pulse(): Promise<SystemPulse> {
    return pulseOf(await this.readModel.read());
  }
}
