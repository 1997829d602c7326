import type { Domain } from '@sc/contracts';

/**
 * `camera.alert` is the camera's own word about one thing it saw: `label`, `zone` (one or a list), `score`, `severity`,
 * `snapshotUrl`. `review.*` are the stretches of time that a recorder such as Frigate groups: `reviewId`, `severity` (`alert`
 * or `detection`), `labels`, `zones`, `subLabels`, `snapshotUrl`. Who sends reviews leaves `severity` out of `camera.alert`:
 * with it the same scene would be two alarms.
 */
export const events: Domain['events'] = {
  'camera.alert': { title: { 'zh-CN': '摄像机告警', en: 'Camera alert' } },
  'review.started': { title: { 'zh-CN': '录像事件开始', en: 'Review began' } },
  'review.changed': { title: { 'zh-CN': '录像事件变化', en: 'Review changed' } },
  'review.ended': { title: { 'zh-CN': '录像事件结束', en: 'Review ended' } },
  'camera.offline': { title: { 'zh-CN': '摄像机离线', en: 'Camera went offline' } },
  'camera.online': { title: { 'zh-CN': '摄像机恢复在线', en: 'Camera came online' } },
};
