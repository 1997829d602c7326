import { hours, minutes, workingDays, type WorkOrderTemplate } from '@sc/contracts';

const fireLane: WorkOrderTemplate = {
  category: 'parking-fire-lane',
  severities: ['severe'],
  severity: 'severe',
  title: { 'zh-CN': '清理消防通道', en: 'Clear the fire lane' },
  instructions: {
    'zh-CN': '到现场联系车主挪车；联系不上按规定拍照取证并通知拖车。通道畅通后拍照，平台看到通道恢复会自动核验并结单。',
    en: 'Find the owner and have the vehicle moved; if nobody comes take photos as evidence and call a tow truck. When the lane is clear the platform sees it and closes the order.',
  },
  // A fire engine takes about ten minutes to come: the lane should be free before that.
  limits: { accept: minutes(5), handle: minutes(30), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'sensor-or-staff',
};

const device: WorkOrderTemplate = {
  category: 'parking-device-maintenance',
  severities: ['moderate', 'minor', 'unknown'],
  severity: 'minor',
  title: { 'zh-CN': '停车设备维护', en: 'Look after a parking device' },
  instructions: {
    'zh-CN': '检查道闸、车位检测器的供电和网络，核对车位计数。恢复后平台会自动核验并结单。',
    en: 'Check power and network of barriers and detectors, and count the cars. When it is well again the platform sees it and closes the order.',
  },
  limits: { accept: hours(24), handle: workingDays(5), verify: workingDays(2) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'sensor-or-staff',
};

export const workOrders = [fireLane, device];
