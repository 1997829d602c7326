import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type CreateMaintenanceWindow,
  createMaintenanceWindowSchema,
  type MaintenanceQuery,
  maintenanceQuerySchema,
  type MaintenanceWindow,
  maintenanceWindowSchema,
  maintenanceWindowsSchema,
  type OutOfService,
  outOfServiceListSchema,
  type OutOfServiceQuery,
  outOfServiceQuerySchema,
  type Person,
  type TakeOutOfService,
  takeOutOfServiceSchema,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { MaintenanceService } from '../maintenance.service.js';
import { OutOfServiceService } from '../out-of-service.service.js';
import { MaintenanceReadModel } from './maintenance-read-model.js';

/** What silences alarms of places and devices, for how long, and why. */
@ApiTags('maintenance')
@Controller()
export class MaintenanceController {
  constructor(
    private readonly maintenance: MaintenanceService,
    private readonly outOfService: OutOfServiceService,
    private readonly readModel: MaintenanceReadModel,
  ) {}

  /** Windows of maintenance: running and planned ones, or also those that are over. */
  @Get('maintenance-windows')
  @Answers(maintenanceWindowsSchema)
  async windows(
    @CurrentPerson() person: Person,
    @Query({ schema: maintenanceQuerySchema }) query: MaintenanceQuery,
  ): Promise<{ items: MaintenanceWindow[] }> {
    return { items: await this.readModel.windows(person, query) };
  }

  /** Alarms of a place, of a domain there or of a device call nobody until an end. How long depends on the role; life safety needs its own. */
  @Post('maintenance-windows')
  @HttpCode(201)
  @Roles('operator', 'admin', 'manager')
  @Answers(maintenanceWindowSchema, 201, 'Made.')
  @ApiProblems('not-found', 'forbidden', 'invalid-request', 'beyond-limit')
  async create(
    @CurrentPerson() person: Person,
    @Body({ schema: createMaintenanceWindowSchema }) wish: CreateMaintenanceWindow,
  ): Promise<MaintenanceWindow> {
    return this.readModel.window(person, await this.maintenance.create(person, wish));
  }

  /** Ends it before its time: what holds then is raised then. */
  @Post('maintenance-windows/:id/end')
  @HttpCode(200)
  @Roles('operator', 'admin', 'manager')
  @Answers(maintenanceWindowSchema)
  @ApiProblems('not-found')
  async end(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
  ): Promise<MaintenanceWindow> {
    await this.maintenance.end(person, id);
    return this.readModel.window(person, id);
  }

  /** What is out of service. */
  @Get('out-of-service')
  @Answers(outOfServiceListSchema)
  async outs(
    @CurrentPerson() person: Person,
    @Query({ schema: outOfServiceQuerySchema }) query: OutOfServiceQuery,
  ): Promise<{ items: OutOfService[] }> {
    return { items: await this.readModel.outOfService(person, query) };
  }

  /** A device, or one rule on it, is not listened to until it is returned. */
  @Post('out-of-service')
  @HttpCode(204)
  @Roles('admin', 'manager')
  @ApiNoContentResponse({ description: 'Taken.' })
  @ApiProblems('not-found', 'already-exists')
  async take(
    @CurrentPerson() person: Person,
    @Body({ schema: takeOutOfServiceSchema }) wish: TakeOutOfService,
  ): Promise<void> {
    await this.outOfService.take(person, wish);
  }

  /** Back in service: what holds is raised now. */
  @Post('out-of-service/:id/return')
  @HttpCode(204)
  @Roles('admin', 'manager')
  @ApiNoContentResponse({ description: 'Returned.' })
  @ApiProblems('not-found')
  async giveBack(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    await this.outOfService.giveBack(person, id);
  }
}
