import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Device,
  type DeviceCredentials,
  deviceCredentialsSchema,
  type DeviceDetail,
  deviceDetailSchema,
  type DeviceQuery,
  deviceQuerySchema,
  deviceSchema,
  type Page,
  pageOf,
  type Person,
  type RegisterDevice,
  registerDeviceSchema,
  type ReplaceDevice,
  replaceDeviceSchema,
  slugSchema,
  type UpdateDevice,
  updateDeviceSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { DevicesService } from '../devices.service.js';
import { DevicesReadModel } from './devices-read-model.js';

const slug = { schema: slugSchema };

@ApiTags('devices')
@Controller('devices')
export class DevicesController {
  constructor(
    private readonly devices: DevicesService,
    private readonly readModel: DevicesReadModel,
  ) {}

  @Get()
  @Answers(pageOf(deviceSchema))
  list(
    @CurrentPerson() person: Person,
    @Query({ schema: deviceQuerySchema }) query: DeviceQuery,
  ): Promise<Page<Device>> {
    return this.readModel.list(person, query);
  }

  /** Registers a device and answers its secret, once. */
  @Post()
  @Roles('admin')
  @Answers(deviceCredentialsSchema, 201)
  @ApiProblems('not-found', 'already-exists')
  register(
    @CurrentPerson() person: Person,
    @Body({ schema: registerDeviceSchema }) body: RegisterDevice,
  ): Promise<DeviceCredentials> {
    return this.devices.register(person, body);
  }

  /** With the latest reading of every metric. */
  @Get(':community/:device')
  @Answers(deviceDetailSchema)
  @ApiProblems('not-found')
  detail(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('device', slug) device: string,
  ): Promise<DeviceDetail> {
    return this.readModel.detail(person, `${community}/${device}`);
  }

  @Patch(':community/:device')
  @Roles('admin')
  @Answers(deviceSchema)
  @ApiProblems('not-found')
  update(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('device', slug) device: string,
    @Body({ schema: updateDeviceSchema }) body: UpdateDevice,
  ): Promise<Device> {
    return this.devices.update(person, `${community}/${device}`, body);
  }

  /** A new device takes over name, place and domain; the old one is retired. */
  @Post(':community/:device/replace')
  @Roles('admin')
  @Answers(deviceCredentialsSchema, 201)
  @ApiProblems('not-found', 'already-exists', 'conflict')
  replace(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('device', slug) device: string,
    @Body({ schema: replaceDeviceSchema }) body: ReplaceDevice,
  ): Promise<DeviceCredentials> {
    return this.devices.replace(person, `${community}/${device}`, body);
  }

  /** A new secret, answered once; the old one is refused from the next login on. */
  @Post(':community/:device/secret')
  @HttpCode(200)
  @Roles('admin')
  @Answers(deviceCredentialsSchema)
  @ApiProblems('not-found', 'conflict')
  rotateSecret(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('device', slug) device: string,
  ): Promise<DeviceCredentials> {
    return this.devices.rotateSecret(person, `${community}/${device}`);
  }

  /** The device may no longer log in; its history stays. */
  @Post(':community/:device/retire')
  @HttpCode(200)
  @Roles('admin')
  @Answers(deviceSchema)
  @ApiProblems('not-found')
  retire(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('device', slug) device: string,
  ): Promise<Device> {
    return this.devices.retire(person, `${community}/${device}`);
  }
}
