import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DeviceRegistry } from '@sc/features/devices';
import type { Credentials, Login } from '@sc/platform/mqtt';

const refused: Login = { ok: false, reason: 'unknown device or wrong secret' };

/** Checks a device's secret against the registry. Secrets are random and long, so one SHA-256 is enough. */
@Injectable()
export class DeviceLogin {
  constructor(@Inject(DeviceRegistry) private readonly registry: DeviceRegistry) {}

  async check({ userName, password }: Credentials): Promise<Login> {
    const device = /^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/.test(userName) ? await this.registry.find(userName) : undefined;
    const given = createHash('sha256').update(password).digest();
    // the same work and the same answer for an unknown name, so that names cannot be found out
    const matches = timingSafeEqual(given, device?.secretHash ?? createHash('sha256').update('').digest());
    if (!device || !matches || password.length === 0) return refused;
    if (device.state !== 'registered') return { ok: false, reason: 'device is retired' };
    return { ok: true, deviceId: device.id, domain: device.domain };
  }
}
