import { deviceIdSchema } from '@sc/contracts';

/** Where a scanned or typed code leads in the field app. */
export type CodeTarget = { kind: 'device' | 'check-point'; path: string };

const tokenPattern = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * What stands on labels of devices (`…/d/{device}`) and codes of check points (`…/field/c/{code}`), whole or only the part people
 * read and type. The address before it does not matter: a phone may know the platform by another one, and nothing but these
 * two pages of this app is ever opened. @returns `undefined` for any other code
 */
export function targetOfCode(scanned: string): CodeTarget | undefined {
  const code = scanned.trim();
  const path = /^https?:\/\/[^/]+(\/[^?#]*)/i.exec(code)?.[1] ?? code;
  const [, point] = /^\/field\/c\/([^/]+)\/?$/.exec(path) ?? [];
  if (point && tokenPattern.test(point)) return { kind: 'check-point', path: `/field/c/${point}` };
  const device = deviceIdSchema.safeParse(
    path
      .replace(/^\/(?:field\/)?d\//, '')
      .replace(/\/$/, '')
      .toLowerCase(),
  );
  if (device.success) return { kind: 'device', path: `/field/d/${device.data}` };
  return tokenPattern.test(path) ? { kind: 'check-point', path: `/field/c/${path}` } : undefined;
}
