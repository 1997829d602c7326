import { hours, minutes, workingDays, workingHours } from '@sc/contracts';
import { reported, ticked, told } from './kinds.js';

/** What endangers, disturbs or worries people. Limits are examples of ours, to be set by each site. */
export const orderAndCare = [
  reported({
    code: 'passage-blocked',
    parent: 'emergencies',
    title: { 'zh-CN': '疏散通道、楼道堵塞', en: 'Blocked escape route' },
    instructions: {
      'zh-CN': '联系物主立即移开；无人认领的登记后移走。锁闭的安全出口当场打开。',
      en: 'Have the owner take it away at once; if nobody owns it, note it down and move it. Open a locked emergency exit on the spot.',
    },
    severity: 'moderate',
    accept: minutes(30),
    handle: workingHours(4),
    checklist: [
      ticked('free', '通道已畅通', 'The way is free'),
      ticked('exit', '安全出口可开启', 'The emergency exit opens'),
    ],
  }),
  reported({
    code: 'e-bike-indoors',
    parent: 'emergencies',
    title: { 'zh-CN': '电动车楼内停放、充电', en: 'Electric bike kept or charged indoors' },
    instructions: {
      'zh-CN': '劝离至室外充电点；正在充电的先断电。屡次发生报社区和消防部门。',
      en: 'Have it taken to a charging point outside; unplug it first. Tell the community and the fire service when it happens again.',
    },
    severity: 'severe',
    accept: minutes(10),
    handle: hours(2),
    checklist: [ticked('out', '已移出楼外', 'It is outside')],
  }),
  reported({
    code: 'falling-objects',
    parent: 'emergencies',
    title: { 'zh-CN': '高空坠物隐患', en: 'Something may fall' },
    instructions: {
      'zh-CN': '立即围挡下方，拆除或加固；外墙脱落请专业单位。',
      en: 'Fence off the ground below at once, take it down or fix it; call a company for a facade.',
    },
    severity: 'severe',
    accept: minutes(10),
    handle: hours(4),
    checklist: [
      ticked('fenced', '下方已围挡', 'The ground below is fenced off'),
      ticked('safe', '隐患已消除', 'Nothing can fall'),
    ],
  }),
  reported({
    code: 'tree-fallen',
    parent: 'emergencies',
    title: { 'zh-CN': '树木倒伏、断枝', en: 'Fallen tree or branch' },
    instructions: {
      'zh-CN': '围挡，压到电线时远离并报供电部门，清理恢复通行。',
      en: 'Fence it off; keep away and call the power company if it lies on a wire; clear the way.',
    },
    severity: 'moderate',
    accept: minutes(30),
    handle: workingHours(4),
  }),
  reported({
    code: 'building-noise',
    parent: 'construction',
    title: { 'zh-CN': '施工、装修扰民', en: 'Noise of building work' },
    instructions: {
      'zh-CN': '到场核实时段和许可，劝停；不听劝的报城管或公安。',
      en: 'See whether the hours and the permit allow it, ask them to stop; call the inspectors or the police if they do not.',
    },
    severity: 'minor',
    accept: minutes(30),
    handle: workingHours(2),
    proof: 'none',
    checklist: [ticked('stopped', '已停止', 'It has stopped'), told('who', '施工单位或住户', 'Who it was')],
  }),
  reported({
    code: 'neighbour-noise',
    parent: 'public-order',
    title: { 'zh-CN': '生活噪音', en: 'Noise of neighbours' },
    instructions: {
      'zh-CN': '到场劝导，不与当事人争执；涉及违法报警。',
      en: 'Speak to them, do not argue; call the police if the law is broken.',
    },
    severity: 'minor',
    accept: minutes(30),
    handle: workingHours(2),
    proof: 'none',
  }),
  reported({
    code: 'parking-dispute',
    parent: 'public-order',
    title: { 'zh-CN': '乱停车、车位纠纷', en: 'Bad parking, dispute over a bay' },
    instructions: {
      'zh-CN': '联系车主挪车；车位权属请出示凭证，调解不成告知途径。',
      en: 'Have the car moved; ask to see whose bay it is, and say where to turn when they do not agree.',
    },
    severity: 'minor',
    handle: workingHours(2),
    proof: 'photo',
  }),
  reported({
    code: 'stray-animals',
    parent: 'public-order',
    title: { 'zh-CN': '流浪动物、不文明养犬', en: 'Stray animals, dogs off the lead' },
    instructions: {
      'zh-CN': '有伤人风险先疏散并报专业捕捉；劝导犬主束绳。有人被咬立即送医。',
      en: 'Keep people away and call those who catch them where they may bite; ask owners to use a lead. Who was bitten goes to a doctor at once.',
    },
    severity: 'moderate',
    handle: workingHours(4),
    proof: 'photo',
  }),
  reported({
    code: 'elderly-visit',
    residents: false,
    parent: 'care',
    title: { 'zh-CN': '独居老人走访', en: 'Visit to an old person living alone' },
    instructions: {
      'zh-CN':
        '上门看望，问健康、用药、吃饭；查看燃气、电器和烟感。敲门无应答联系家属和社区，必要时报警。不拍老人和室内照片。',
      en: 'Visit them; ask after health, medicine and meals; look at gas, electrics and the smoke alarm. If nobody opens call the family and the community, if need be the police. Take no photos of them or their home.',
    },
    severity: 'moderate',
    handle: workingDays(1),
    proof: 'none',
    checklist: [
      ticked('seen', '见到本人', 'I saw them'),
      ticked('safe', '燃气、电器安全', 'Gas and electrics are safe'),
      {
        key: 'smoke-alarm',
        kind: 'check',
        title: { 'zh-CN': '烟感测试正常', en: 'The smoke alarm passed its test' },
        required: false,
      },
      told('needs', '需要的帮助', 'What help is needed'),
    ],
  }),
  reported({
    code: 'neighbour-dispute',
    residents: false,
    parent: 'neighbours',
    title: { 'zh-CN': '邻里纠纷调解', en: 'Dispute between neighbours' },
    instructions: {
      'zh-CN': '分别听取双方，约定调解时间；情绪激烈时两人到场。',
      en: 'Hear each side alone, agree when to meet; go in twos when tempers are high.',
    },
    severity: 'minor',
    handle: workingDays(3),
    proof: 'none',
    checklist: [told('outcome', '调解结果', 'What was agreed', true)],
  }),
];
