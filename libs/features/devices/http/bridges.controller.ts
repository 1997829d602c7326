import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Bridge,
  type BridgeCredentials,
  bridgeCredentialsSchema,
  bridgeSchema,
  type Device,
  deviceSchema,
  type Page,
  pageOf,
  type Person,
  type RegisterBridge,
  registerBridgeSchema,
  type RegisterCamera,
  registerCameraSchema,
  slugSchema,
  type UpdateBridge,
  updateBridgeSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { BridgesService } from '../bridges.service.js';
import { BridgesReadModel } from './bridges-read-model.js';

const slug = { schema: slugSchema };

@ApiTags('bridges')
@Controller('bridges')
export class BridgesController {
  constructor(
    private readonly bridges: BridgesService,
    private readonly readModel: BridgesReadModel,
  ) {}

  /** Programs that speak for cameras, with the cameras under each. */
  @Get()
  @Roles('admin', 'operator', 'manager')
  @Answers(pageOf(bridgeSchema))
  list(@CurrentPerson() person: Person): Promise<Page<Bridge>> {
    return this.readModel.list(person);
  }

  /** Registers a bridge and answers its secret, once. */
  @Post()
  @Roles('admin')
  @Answers(bridgeCredentialsSchema, 201)
  @ApiProblems('not-found', 'already-exists')
  register(
    @CurrentPerson() person: Person,
    @Body({ schema: registerBridgeSchema }) body: RegisterBridge,
  ): Promise<BridgeCredentials> {
    return this.bridges.register(person, body);
  }

  @Patch(':community/:bridge')
  @Roles('admin')
  @Answers(bridgeSchema)
  @ApiProblems('not-found', 'conflict')
  update(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('bridge', slug) bridge: string,
    @Body({ schema: updateBridgeSchema }) body: UpdateBridge,
  ): Promise<Bridge> {
    return this.bridges.update(person, `${community}/${bridge}`, body);
  }

  /** A camera that the bridge speaks for, by the name the bridge gives it. */
  @Post(':community/:bridge/cameras')
  @Roles('admin')
  @Answers(deviceSchema, 201)
  @ApiProblems('not-found', 'already-exists', 'conflict')
  registerCamera(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('bridge', slug) bridge: string,
    @Body({ schema: registerCameraSchema }) body: RegisterCamera,
  ): Promise<Device> {
    return this.bridges.registerCamera(person, `${community}/${bridge}`, body);
  }

  /** A new secret, answered once; the old one is refused from the next login on. */
  @Post(':community/:bridge/secret')
  @HttpCode(200)
  @Roles('admin')
  @Answers(bridgeCredentialsSchema)
  @ApiProblems('not-found', 'conflict')
  rotateSecret(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('bridge', slug) bridge: string,
  ): Promise<BridgeCredentials> {
    return this.bridges.rotateSecret(person, `${community}/${bridge}`);
  }

  /** The bridge may no longer log in; what it told stays. */
  @Post(':community/:bridge/retire')
  @HttpCode(200)
  @Roles('admin')
  @Answers(bridgeSchema)
  @ApiProblems('not-found', 'conflict')
  retire(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('bridge', slug) bridge: string,
  ): Promise<Bridge> {
    return this.bridges.retire(person, `${community}/${bridge}`);
  }
}
