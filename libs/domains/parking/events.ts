import type { Domain } from '@sc/contracts';

/** `vehicle.entered` and `vehicle.left` carry `plate`, hashed. */
export const events: Domain['events'] = {
  'vehicle.entered': { title: { 'zh-CN': '车辆驶入', en: 'Vehicle entered' } },
  'vehicle.left': { title: { 'zh-CN': '车辆驶出', en: 'Vehicle left' } },
  'fire-lane.blocked': { title: { 'zh-CN': '消防通道被占', en: 'Fire lane blocked' } },
  'fire-lane.cleared': { title: { 'zh-CN': '消防通道恢复畅通', en: 'Fire lane clear again' } },
};
