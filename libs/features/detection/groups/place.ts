import type { AreaKind, GroupCondition, Rule } from '@sc/contracts';

/** Where a device is, and what people call it. */
export interface DevicePlace {
  /** From the root down to the area it is in. */
  readonly areas: readonly { readonly id: string; readonly kind: AreaKind }[];
  readonly labels: readonly string[];
}

export type Places = ReadonlyMap<string, DevicePlace>;

/** A device of which nothing is known has the rules that apply everywhere, and no others. */
export function appliesTo({ appliesTo: to }: Rule, deviceId: string, place: DevicePlace | undefined): boolean {
  if (!to) return true;
  return (
    (to.deviceIds?.includes(deviceId) ?? false) ||
    (to.areaIds?.some((id) => place?.areas.some((area) => area.id === id)) ?? false) ||
    (to.labels?.some((label) => place?.labels.includes(label)) ?? false)
  );
}

/** The place at which members of different devices count together; its key, and what tells its alarm apart on the device. */
interface GroupPlace {
  key: string;
  subject: string;
}

export function groupPlace(
  within: GroupCondition['within'],
  deviceId: string,
  place: DevicePlace | undefined,
): GroupPlace {
  const area = within === 'device' ? undefined : place?.areas.findLast(({ kind }) => kind === within);
  return area ? { key: area.id, subject: area.id } : { key: deviceId, subject: '' };
}

export const samePlace = (a: DevicePlace | undefined, b: DevicePlace | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
