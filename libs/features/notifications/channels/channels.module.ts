import { Module } from '@nestjs/common';
import { SecretBox } from '@sc/platform/secrets';
import { ChannelRegistry } from './channel-registry.js';
import { Vapid } from './vapid.js';

/** The channels of the site and its keys. Needs settings and the database. */
@Module({ providers: [SecretBox, Vapid, ChannelRegistry], exports: [SecretBox, Vapid, ChannelRegistry] })
export class ChannelsModule {}
