import { hours, minutes, workingDays, type WorkOrderTemplate } from '@sc/contracts';

/** Somebody may be in danger. */
const emergency: WorkOrderTemplate = {
  category: 'fire-emergency',
  severities: ['extreme', 'severe'],
  severity: 'severe',
  title: { 'zh-CN': '消防警情核查', en: 'Check a fire alarm' },
  instructions: {
    'zh-CN':
      '立即到现场核查。有明火或浓烟：拨打 119，疏散住户，勿乘电梯。燃气或一氧化碳：开窗通风，勿开关电器。误报：查明原因。拍照并填写处置情况。',
    en: 'Go there at once. Flames or dense smoke: call 119, get people out, no lifts. Gas or carbon monoxide: open windows, touch no switches. False alarm: find the cause. Take a photo and report what you did.',
  },
  // Long enough to read and put on shoes, short enough to ask the next in the chain while a room fire can still be escaped.
  limits: { accept: minutes(3), handle: minutes(60), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'photo',
  verifier: 'staff',
};

/** The device needs a hand; nobody is in danger now. */
const maintenance: WorkOrderTemplate = {
  category: 'fire-device-maintenance',
  severities: ['moderate', 'minor', 'unknown'],
  severity: 'moderate',
  title: { 'zh-CN': '消防设备维护', en: 'Look after a fire device' },
  instructions: {
    'zh-CN': '查看设备：供电、电池、安装位置和网络。更换电池或设备后按测试键，确认平台收到读数，并填写处置情况。',
    en: 'Look at the device: power, battery, mounting, network. After changing the battery or the device press its test button, see that readings arrive, and report what you did.',
  },
  // A silent or flat detector protects nobody: still today, but not out of bed.
  limits: { accept: hours(4), handle: workingDays(1), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'staff',
};

export const workOrders = [emergency, maintenance];
