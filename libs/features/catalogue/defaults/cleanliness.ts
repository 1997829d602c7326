import { workingDays, workingHours } from '@sc/contracts';
import { reported, ticked } from './kinds.js';

/**
 * Limits are examples out of a city manual's list of events (立案、结案标准, classes of GB/T 30428.2): exposed rubbish 4 working hours,
 * road cleaning 2, water on the road 4, rubble 2 working days, litter in green areas 4 working hours, illegal construction stopped
 * within 4 working hours and gone within 20 working days. Those of posters are ours.
 */
export const cleanliness = [
  reported({
    code: 'exposed-rubbish',
    parent: 'appearance',
    title: { 'zh-CN': '暴露垃圾', en: 'Rubbish lying about' },
    instructions: {
      'zh-CN': '清运成堆垃圾，清扫周边，有污水一并冲洗；经常出现的地点在情况中写明。',
      en: 'Take the rubbish away, sweep around it, wash off what leaked; say so if it is there often.',
    },
    severity: 'minor',
    handle: workingHours(4),
    checklist: [
      ticked('removed', '垃圾已清运', 'The rubbish is gone'),
      ticked('swept', '周边已清扫', 'The place is swept'),
    ],
  }),
  reported({
    code: 'bulky-waste',
    parent: 'appearance',
    title: { 'zh-CN': '建筑垃圾、大件垃圾', en: 'Rubble and bulky waste' },
    instructions: {
      'zh-CN': '查明来源，通知产生方清运；无主的安排清运。先用警示带围好占道部分。',
      en: 'Find whose it is and have it taken away; if nobody owns it, arrange it. Tape off what stands in the way first.',
    },
    severity: 'minor',
    handle: workingDays(2),
    checklist: [ticked('removed', '已清运', 'It is gone')],
  }),
  reported({
    code: 'road-dirty',
    parent: 'appearance',
    title: { 'zh-CN': '道路不洁', en: 'Dirty road or path' },
    instructions: { 'zh-CN': '清扫路面，湿滑处撒防滑物。', en: 'Clean the surface; grit it where it is slippery.' },
    severity: 'minor',
    handle: workingHours(2),
  }),
  reported({
    code: 'water-on-road',
    parent: 'appearance',
    title: { 'zh-CN': '路面积水', en: 'Water on the road' },
    instructions: {
      'zh-CN': '放置警示标志，疏通雨水口，必要时抽排。积水近配电设施时先断电，不要涉水。',
      en: 'Put up signs, clear the drain, pump if need be. Cut the power first where water is near electrics; do not wade in.',
    },
    severity: 'moderate',
    handle: workingHours(4),
    checklist: [
      ticked('drained', '积水已排除', 'The water is gone'),
      ticked('drain-clear', '雨水口畅通', 'The drain is clear'),
    ],
  }),
  reported({
    code: 'green-littered',
    parent: 'appearance',
    title: { 'zh-CN': '绿地脏乱', en: 'Litter in a green area' },
    instructions: { 'zh-CN': '清除绿地内垃圾杂物。', en: 'Pick up what lies in the green area.' },
    severity: 'minor',
    handle: workingHours(4),
  }),
  reported({
    code: 'illegal-construction',
    parent: 'appearance',
    title: { 'zh-CN': '私搭乱建', en: 'Illegal construction' },
    instructions: {
      'zh-CN': '4 个工作时内到场劝停并拍照取证，核实有无许可；无许可的移送城管执法，跟踪至拆除。',
      en: 'Within 4 working hours ask them to stop and take photos as evidence; see whether there is a permit. Without one hand it to the city inspectors and follow it until it is gone.',
    },
    severity: 'moderate',
    handle: workingDays(20),
    checklist: [
      ticked('stopped', '已停工', 'Work has stopped'),
      ticked('permit', '已核实许可', 'The permit was looked at'),
      ticked('gone', '已拆除或已办理许可', 'It is gone, or has its permit'),
    ],
  }),
  reported({
    code: 'illegal-posters',
    parent: 'advertising',
    title: { 'zh-CN': '乱张贴、小广告', en: 'Illegal posters' },
    instructions: { 'zh-CN': '清除并恢复原貌，拍下内容。', en: 'Photograph what they say, then take them off.' },
    severity: 'minor',
    handle: workingDays(1),
  }),
];
