import { hours, minutes, workingDays, type CaseItem } from '@sc/contracts';
import { sharedCause } from './matter.js';

/** Many devices of a building fell silent together: one person looks for one cause. */
export const sharedCauseTemplate: CaseItem = {
  category: sharedCause.category,
  severity: 'severe',
  title: { 'zh-CN': '供电或网络故障排查', en: 'Find a power or network failure' },
  instructions: {
    'zh-CN':
      '该楼多台设备同时失联，很可能停电或网关、网络中断。先查配电箱、网关和交换机，恢复后确认设备重新上报；个别仍失联的再逐台检查。期间烟感等可能失效，请加强巡查。',
    en: 'Several devices of this building fell silent together: probably the power, a gateway or the network. Look at the distribution board, the gateway and the switch first, then see that the devices report again; look at single ones only after that. Until then smoke detectors may be blind: patrol.',
  },
  // The platform is blind in a whole building, fire detectors too: sooner than for one device.
  limits: { accept: minutes(30), handle: hours(4), verify: workingDays(1) },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  // Fire detectors may be among them, and that they are heard again does not say that they were looked at.
  verifier: 'staff',
};
