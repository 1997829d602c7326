import { hours, minutes, workingDays, type WorkOrderTemplate } from '@sc/contracts';

/** Somebody is where nobody should be. */
const security: WorkOrderTemplate = {
  category: 'camera-security',
  severities: ['extreme', 'severe'],
  severity: 'severe',
  title: { 'zh-CN': '摄像机告警现场核查', en: 'Check what the camera saw' },
  instructions: {
    'zh-CN':
      '先看截图再到现场，最好两人同行。劝离无关人员；遇违法犯罪不要单独处置，拨打 110。查看门锁、围栏是否损坏，拍照并填写处置情况。',
    en: 'Look at the picture first, then go there, better in twos. Ask people to leave; do not face a crime alone, call 110. See whether locks or fences are damaged, take a photo and report what you did.',
  },
  // Who climbs a fence is gone after a few minutes; the next in the chain is asked before that.
  limits: { accept: minutes(5), handle: minutes(60), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'photo',
  // That the person left the picture says nothing about where they went.
  verifier: 'staff',
};

const maintenance: WorkOrderTemplate = {
  category: 'camera-maintenance',
  severities: ['moderate', 'minor', 'unknown'],
  severity: 'minor',
  title: { 'zh-CN': '摄像机维护', en: 'Look after a camera' },
  instructions: {
    'zh-CN': '检查摄像机供电、网络和镜头，有人为破坏时拍照留证。画面恢复后平台会自动核验并结单。',
    en: 'Check power, network and lens; take a photo if somebody damaged it. When the picture is back the platform sees it and closes the order.',
  },
  limits: { accept: hours(4), handle: workingDays(2), verify: workingDays(2) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'sensor-or-staff',
};

export const workOrders = [security, maintenance];
