import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type System, systemSchema } from '@sc/contracts';
import { Answers, Roles } from '@sc/platform/http';
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
}
