import { hours, minutes, workingDays, type WorkOrderTemplate } from '@sc/contracts';

const leak: WorkOrderTemplate = {
  category: 'water-leak',
  severities: ['extreme', 'severe'],
  severity: 'severe',
  title: { 'zh-CN': '漏水处置', en: 'Stop a leak' },
  instructions: {
    'zh-CN': '立即到场关闭阀门，水接近电器时先断电。查找漏点，查看楼下住户，拍照并填写处置情况。',
    en: 'Go there at once and shut the valve; cut the power first where water is near it. Find the leak, look at the flat below, take a photo and report what you did.',
  },
  limits: { accept: minutes(5), handle: hours(2), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'photo',
  // A floor that dried up says nothing about the pipe.
  verifier: 'staff',
};

const device: WorkOrderTemplate = {
  category: 'water-device-maintenance',
  severities: ['moderate', 'minor', 'unknown'],
  severity: 'minor',
  title: { 'zh-CN': '水浸探测器维护', en: 'Look after a leak sensor' },
  instructions: {
    'zh-CN': '检查电池、位置和网络，必要时更换电池。恢复后平台会自动核验并结单。',
    en: 'Check battery, place and network, change the battery if need be. When it is well again the platform sees it and closes the order.',
  },
  limits: { accept: hours(24), handle: workingDays(2), verify: workingDays(2) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'sensor-or-staff',
};

export const workOrders = [leak, device];
