import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type DirectoryWarnings, directoryWarningsSchema, type Person } from '@sc/contracts';
import { Answers, CurrentPerson, Roles } from '@sc/platform/http';
import { WarningsService } from '../duty/warnings.service.js';

@ApiTags('directory')
@Controller('directory/warnings')
export class WarningsController {
  constructor(private readonly warnings: WarningsService) {}

  /** Duty grids of the asking person's area with more households than one officer can know, or with times without an officer on shift. */
  @Get()
  @Roles('admin', 'operator', 'manager')
  @Answers(directoryWarningsSchema)
  list(@CurrentPerson() person: Person): Promise<DirectoryWarnings> {
    return this.warnings.of(person);
  }
}
