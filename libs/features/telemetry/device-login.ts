import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { BridgeRegistry, DeviceRegistry, MissingHashes, type RegisteredBridge } from '@sc/features/devices';
import type { Credentials, Login } from '@sc/platform/mqtt';
import { BridgeMessages } from './bridge-messages.js';

const refused: Login = { ok: false, reason: 'unknown device or wrong secret' };

/** Checks the secret of a device or a bridge against the registry. Secrets are random and long, so one SHA-256 is enough. */
@Injectable()
export class DeviceLogin {
  constructor(
    @Inject(DeviceRegistry) private readonly registry: DeviceRegistry,
    @Inject(BridgeRegistry) private readonly bridges: BridgeRegistry,
    @Inject(BridgeMessages) private readonly messages: BridgeMessages,
    @Inject(MissingHashes) private readonly hashes: MissingHashes,
  ) {}

  async check({ userName, password }: Credentials): Promise<Login> {
    const bridge = this.bridges.get(userName);
    const account = bridge ?? (isName(userName) ? await this.registry.find(userName) : undefined);
    const given = createHash('sha256').update(password).digest();
    // the same work and the same answer for an unknown name, so that names cannot be found out
    const matches = timingSafeEqual(given, account?.secretHash ?? createHash('sha256').update('').digest());
    if (!account || !matches || password.length === 0) return refused;
    if (account.state !== 'registered') return { ok: false, reason: 'device is retired' };
    this.hashes.learn(account.id, password);
    if ('topicPrefix' in account) return this.bridgeLogin(account);
    if (account.bridgeId) return { ok: false, reason: 'a bridge speaks for this device' };
    return { ok: true, deviceId: account.id, domain: account.domain };
  }

  private bridgeLogin(bridge: RegisteredBridge): Login {
    const codec = this.messages.codecOf(bridge);
    if (!codec) return { ok: false, reason: 'this kind of bridge is not understood' };
    const { id: deviceId, topicPrefix: prefix } = bridge;
    return { ok: true, deviceId, domain: codec.domain, bridge: { prefix, wants: (path) => codec.wants(path) } };
  }
}

const isName = (userName: string): boolean => /^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/.test(userName);
