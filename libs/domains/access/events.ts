import type { Domain } from '@sc/contracts';

/** `access.granted` and `access.denied` carry `credential` (hashed, never as read) and `reason`. */
export const events: Domain['events'] = {
  'access.granted': { title: { 'zh-CN': '放行', en: 'Access granted' } },
  'access.denied': { title: { 'zh-CN': '拒绝通行', en: 'Access denied' } },
  'door.opened': { title: { 'zh-CN': '门打开', en: 'Door opened' } },
  'door.closed': { title: { 'zh-CN': '门关闭', en: 'Door closed' } },
  'door.forced': { title: { 'zh-CN': '门被强行打开', en: 'Door forced' } },
  tamper: { title: { 'zh-CN': '设备被拆动', en: 'Device tampered with' } },
};
