import { branch } from './kinds.js';

/**
 * Modules and classes. GB/T 30428.2 divides what a city looks after into components (部件) and events (事件), these into classes
 * (大类) and those into subclasses (小类); the names of its classes are used where they fit a residential community. `devices` and
 * `services` are our own: the standard knows neither alarms nor visits, and leaves room for extension classes (扩展类).
 */
export const branches = [
  branch('devices', null, { 'zh-CN': '设备告警', en: 'Alarms of devices' }),

  branch('components', null, { 'zh-CN': '部件', en: 'Components' }),
  branch('public-utilities', 'components', { 'zh-CN': '公用设施', en: 'Public utilities' }),
  branch('traffic-facilities', 'components', { 'zh-CN': '交通设施', en: 'Roads and barriers' }),
  branch('sanitary-facilities', 'components', { 'zh-CN': '市容环境设施', en: 'Sanitary facilities' }),
  branch('greenery', 'components', { 'zh-CN': '园林绿化', en: 'Greenery' }),
  branch('buildings', 'components', { 'zh-CN': '楼宇设施', en: 'Buildings' }),

  branch('events', null, { 'zh-CN': '事件', en: 'Events' }),
  branch('appearance', 'events', { 'zh-CN': '市容环境', en: 'Appearance and cleanliness' }),
  branch('advertising', 'events', { 'zh-CN': '宣传广告', en: 'Advertising' }),
  branch('construction', 'events', { 'zh-CN': '施工管理', en: 'Construction' }),
  branch('emergencies', 'events', { 'zh-CN': '突发事件', en: 'Emergencies' }),
  branch('public-order', 'events', { 'zh-CN': '街面秩序', en: 'Public order' }),

  branch('services', null, { 'zh-CN': '居民服务', en: 'Services to residents' }),
  branch('care', 'services', { 'zh-CN': '关爱走访', en: 'Care and visits' }),
  branch('neighbours', 'services', { 'zh-CN': '邻里关系', en: 'Neighbours' }),
];
