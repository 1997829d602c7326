import type { WorkOrderTemplate } from '@sc/contracts';

export const workOrder: WorkOrderTemplate = {
  category: 'fire',
  title: { 'zh-CN': '消防警情核查', en: 'Check a fire alarm' },
  instructions: {
    'zh-CN':
      '立即到现场核查。有明火或浓烟：拨打 119，疏散住户，勿乘电梯。燃气或一氧化碳：开窗通风，勿开关电器。误报：查明原因。拍照并填写处置情况。',
    en: 'Go there at once. Flames or dense smoke: call 119, get people out, no lifts. Gas or carbon monoxide: open windows, touch no switches. False alarm: find the cause. Take a photo and report what you did.',
  },
  // Long enough to read and put on shoes, short enough to ask the next in the chain while a room fire can still be escaped.
  acceptWithinSeconds: 180,
  photoRequired: true,
};
