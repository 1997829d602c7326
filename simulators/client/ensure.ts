import { areaSchema, deviceCredentialsSchema, type CreateArea, type RegisterDevice } from '@sc/contracts';
import type { DeviceLogin } from './mqtt-device.js';
import { type PlatformClient, RefusedError } from './platform-client.js';

/** Creates the area unless one with its id exists. Returns whether it is new. */
export async function ensureArea(client: PlatformClient, area: CreateArea): Promise<boolean> {
  try {
    await client.post(areaSchema, '/areas', area);
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.problem?.code === 'already-exists') return false;
    throw error;
  }
}

/** Registers a device and returns its login; the secret is shown only here. */
export async function registerDevice(client: PlatformClient, device: RegisterDevice): Promise<DeviceLogin> {
  const { userName, secret } = await client.post(deviceCredentialsSchema, '/devices', device);
  return { id: userName, domain: device.domain, secret };
}
