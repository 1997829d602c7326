import { hours, minutes, workingDays, type WorkOrderTemplate } from '@sc/contracts';

const security: WorkOrderTemplate = {
  category: 'access-security',
  severities: ['extreme', 'severe'],
  severity: 'severe',
  title: { 'zh-CN': '门禁警情核查', en: 'Check a forced door' },
  instructions: {
    'zh-CN':
      '到现场核查，最好两人同行。发现闯入者不要单独处置，拨打 110。查看门、锁和读头是否损坏，确认能正常锁闭，拍照并填写处置情况。',
    en: 'Go there, better in twos. Do not face an intruder alone, call 110. See whether door, lock or reader are damaged and that it locks again; take a photo and report what you did.',
  },
  limits: { accept: minutes(5), handle: minutes(60), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'photo',
  verifier: 'staff',
};

const door: WorkOrderTemplate = {
  category: 'access-door',
  severities: ['moderate'],
  severity: 'moderate',
  title: { 'zh-CN': '关闭未关的门', en: 'Shut a door that stands open' },
  instructions: {
    'zh-CN': '到现场查看门为何未关，移开阻挡物并关好；闭门器或门锁故障请报修。门关闭后平台会自动核验并结单。',
    en: 'See why the door stands open, take away what blocks it and shut it; report a broken closer or lock. When it is shut the platform sees it and closes the order.',
  },
  limits: { accept: minutes(15), handle: minutes(60), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'sensor-or-staff',
};

const device: WorkOrderTemplate = {
  category: 'access-device-maintenance',
  severities: ['minor', 'unknown'],
  severity: 'minor',
  title: { 'zh-CN': '门禁设备维护', en: 'Look after an access device' },
  instructions: {
    'zh-CN': '检查供电、电池和网络，必要时更换电池。恢复后平台会自动核验并结单。',
    en: 'Check power, battery and network, change the battery if need be. When it is well again the platform sees it and closes the order.',
  },
  limits: { accept: hours(24), handle: workingDays(5), verify: workingDays(2) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'sensor-or-staff',
};

export const workOrders = [security, door, device];
