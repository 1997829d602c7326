import { hours, minutes, workingDays, workingHours, type WorkOrderTemplate } from '@sc/contracts';

/** Smoke and flames between parked cars and under windows. */
const fire: WorkOrderTemplate = {
  category: 'sanitation-fire',
  severities: ['extreme'],
  severity: 'extreme',
  title: { 'zh-CN': '垃圾桶起火核查', en: 'Check a burning bin' },
  instructions: {
    'zh-CN':
      '携带灭火器到场，在上风处用水或灭火器扑救，疏散围观者。火势蔓延拨打 119。确认不再复燃，拍照并填写处置情况。',
    en: 'Go there with an extinguisher, stay upwind, keep people away. When it spreads call 119. See that it does not flare up again, take a photo and report what you did.',
  },
  limits: { accept: minutes(3), handle: minutes(60), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'photo',
  verifier: 'staff',
};

const collection: WorkOrderTemplate = {
  category: 'sanitation-collection',
  severities: ['severe', 'moderate'],
  severity: 'moderate',
  title: { 'zh-CN': '清运垃圾桶', en: 'Empty the bin' },
  instructions: {
    'zh-CN': '清空垃圾桶，清扫周边散落垃圾。清空后平台会自动核验并结单。',
    en: 'Empty the bin and gather what lies around it. When it is empty the platform sees it and closes the order.',
  },
  limits: { accept: hours(2), handle: workingHours(4), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'sensor-or-staff',
};

const maintenance: WorkOrderTemplate = {
  category: 'sanitation-maintenance',
  severities: ['minor', 'unknown'],
  severity: 'minor',
  title: { 'zh-CN': '垃圾桶维护', en: 'Look after a bin' },
  instructions: {
    'zh-CN': '扶正垃圾桶，检查传感器安装、电池和信号。恢复后平台会自动核验并结单。',
    en: 'Put the bin up, check mounting, battery and signal of its sensor. When it is well again the platform sees it and closes the order.',
  },
  limits: { accept: hours(24), handle: workingDays(5), verify: workingDays(2) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'sensor-or-staff',
};

export const workOrders = [fire, collection, maintenance];
