import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type DeletePushSubscription,
  deletePushSubscriptionSchema,
  type NotificationPreferences,
  notificationPreferencesSchema,
  type OwnNotifications,
  ownNotificationsSchema,
  type OwnPushSubscription,
  ownPushSubscriptionSchema,
  type Person,
  type PersonAddresses,
  personAddressesSchema,
  type PushKey,
  pushKeySchema,
  type PushSubscriptionRequest,
  pushSubscriptionSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, type AuthenticatedRequest, CurrentPerson } from '@sc/platform/http';
import { Vapid } from '../channels/vapid.js';
import { Addresses } from '../preferences/addresses.js';
import { Preferences } from '../preferences/preferences.js';
import { PushSubscriptions } from '../preferences/push-subscriptions.js';

/** What everybody decides about themselves. */
@ApiTags('notifications')
@Controller('notifications')
export class OwnNotificationsController {
  constructor(
    private readonly preferences: Preferences,
    private readonly addresses: Addresses,
    private readonly subscriptions: PushSubscriptions,
    private readonly vapid: Vapid,
  ) {}

  @Get('preferences')
  @Answers(ownNotificationsSchema)
  read(@CurrentPerson() person: Person): Promise<OwnNotifications> {
    return this.preferences.read(person);
  }

  @Put('preferences')
  @Answers(ownNotificationsSchema)
  write(
    @CurrentPerson() person: Person,
    @Body({ schema: notificationPreferencesSchema }) body: NotificationPreferences,
  ): Promise<OwnNotifications> {
    return this.preferences.write(person, body);
  }

  @Get('addresses')
  @Answers(personAddressesSchema)
  readAddresses(@CurrentPerson() person: Person): Promise<PersonAddresses> {
    return this.addresses.read(person.id);
  }

  @Put('addresses')
  @Answers(personAddressesSchema)
  writeAddresses(
    @CurrentPerson() person: Person,
    @Body({ schema: personAddressesSchema }) body: PersonAddresses,
  ): Promise<PersonAddresses> {
    return this.addresses.write(person, person.id, body);
  }

  /** The `applicationServerKey` a browser subscribes with. */
  @Get('push-key')
  @Answers(pushKeySchema)
  async pushKey(): Promise<PushKey> {
    return { publicKey: await this.vapid.publicKey() };
  }

  /** This browser wants to be told; again, or by another person, it belongs to who asks now. Ends with the session's logout. */
  @Post('push-subscriptions')
  @Answers(ownPushSubscriptionSchema, 201)
  @ApiProblems('conflict')
  subscribe(
    @CurrentPerson() person: Person,
    @Req() { session }: AuthenticatedRequest,
    @Body({ schema: pushSubscriptionSchema }) body: PushSubscriptionRequest,
  ): Promise<OwnPushSubscription> {
    return this.subscriptions.add(person, session!.tokenHash, body);
  }

  @Delete('push-subscriptions')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'This browser is not told any more.' })
  unsubscribe(
    @CurrentPerson() person: Person,
    @Body({ schema: deletePushSubscriptionSchema }) body: DeletePushSubscription,
  ): Promise<void> {
    return this.subscriptions.remove(person, body.endpoint);
  }
}
