import { hours, minutes, workingDays, workingHours } from '@sc/contracts';
import { reported, ticked, told } from './kinds.js';

/**
 * Limits are examples of ours, to be set by each site, except: green areas 5 working days (a city manual's list, GB/T 30428.2), people
 * shut in a lift 30 minutes until the lift company is there (TSG T5002-2017, article 6, in cities with districts).
 */
export const facilities = [
  reported({
    code: 'lighting-broken',
    parent: 'public-utilities',
    title: { 'zh-CN': '照明损坏', en: 'Broken lighting' },
    instructions: {
      'zh-CN': '查看灯具、线路和开关；断电后再检修。大面积不亮先查配电箱。当晚无法修好的设临时照明。',
      en: 'Look at lamp, wire and switch; cut the power before you touch them. When many are out see the distribution board first. Put up a temporary light if it cannot be mended today.',
    },
    severity: 'minor',
    handle: workingDays(1),
    checklist: [ticked('lit', '灯已亮', 'It is lit'), told('lamps', '更换的灯具', 'Lamps that were changed')],
  }),
  reported({
    code: 'manhole-cover',
    parent: 'public-utilities',
    title: { 'zh-CN': '井盖缺失、破损', en: 'Manhole cover missing or broken' },
    instructions: {
      'zh-CN': '立即到场围挡并设警示，夜间设灯；联系权属单位补装。装好前不得撤离围挡。',
      en: 'Fence it off at once, with a light at night; have its owner put a cover on. The fence stays until then.',
    },
    severity: 'severe',
    accept: minutes(10),
    handle: hours(4),
    checklist: [ticked('fenced', '已围挡警示', 'It is fenced off'), ticked('covered', '井盖已补装', 'The cover is on')],
  }),
  reported({
    code: 'road-damaged',
    parent: 'traffic-facilities',
    title: { 'zh-CN': '路面、道闸损坏', en: 'Damaged road or barrier' },
    instructions: { 'zh-CN': '设警示，修复或联系维修单位。', en: 'Put up a sign; mend it or call the company.' },
    severity: 'minor',
    handle: workingDays(3),
  }),
  reported({
    code: 'bin-broken',
    parent: 'sanitary-facilities',
    title: { 'zh-CN': '垃圾桶、厕所等设施损坏', en: 'Broken bin or toilet' },
    instructions: { 'zh-CN': '修复或更换。', en: 'Mend or replace it.' },
    severity: 'minor',
    handle: workingDays(2),
  }),
  reported({
    code: 'green-damaged',
    parent: 'greenery',
    title: { 'zh-CN': '绿化缺失、损坏', en: 'Damaged green area' },
    instructions: { 'zh-CN': '清理枯死植株，补植修复。', en: 'Take out dead plants, plant and mend.' },
    severity: 'minor',
    handle: workingDays(5),
  }),
  reported({
    code: 'lift-trapped',
    // Who is shut in presses the lift's button or rings: a form would cost minutes.
    residents: false,
    parent: 'buildings',
    title: { 'zh-CN': '电梯困人', en: 'People shut in a lift' },
    instructions: {
      'zh-CN':
        '立即与轿厢内通话安抚，告知不要扒门；通知维保单位并到场守候。有人不适拨打 120。只有持证人员可以盘车开门。',
      en: 'Speak to the people inside at once, tell them not to force the doors; call the lift company and go there. Call 120 if somebody is unwell. Only licensed people move the car or open the doors.',
    },
    severity: 'extreme',
    accept: minutes(3),
    handle: minutes(30),
    proof: 'photo',
    checklist: [
      ticked('spoken', '已与被困人员通话', 'Spoke to the people inside'),
      ticked('freed', '人员已安全离开', 'Everybody is out and well'),
      ticked('stopped', '电梯已停用待检', 'The lift is out of use until it was looked at'),
    ],
  }),
  reported({
    code: 'lift-fault',
    parent: 'buildings',
    title: { 'zh-CN': '电梯故障', en: 'Lift fault' },
    instructions: {
      'zh-CN': '确认无人被困，放置停用告示，通知维保单位；修复后试运行。老人、残障住户多的楼栋先行协助上下楼。',
      en: 'Make sure that nobody is inside, put up a notice, call the lift company; try it when it was mended. Help those who cannot take the stairs.',
    },
    severity: 'moderate',
    accept: minutes(30),
    handle: workingHours(8),
    proof: 'photo',
    checklist: [ticked('nobody', '确认无人被困', 'Nobody is inside'), ticked('runs', '试运行正常', 'It runs')],
  }),
  reported({
    code: 'entrance-damaged',
    parent: 'buildings',
    title: { 'zh-CN': '单元门、楼道设施损坏', en: 'Damaged entrance or stairwell' },
    instructions: {
      'zh-CN': '修复门、锁、扶手或墙面；不能当日修好的先消除危险。',
      en: 'Mend door, lock, rail or wall; make it safe today if that takes longer.',
    },
    severity: 'minor',
    handle: workingDays(2),
  }),
  reported({
    code: 'pipe-leaking',
    parent: 'buildings',
    title: { 'zh-CN': '公共管道渗漏、堵塞', en: 'Leaking or blocked common pipe' },
    instructions: {
      'zh-CN': '关阀止水，查看楼下住户和电气设备，联系维修。污水外溢要消毒。',
      en: 'Shut the valve, look at the flats below and at electrics, call the plumber. Disinfect where sewage came out.',
    },
    severity: 'moderate',
    accept: minutes(30),
    handle: workingHours(8),
    checklist: [
      ticked('dry', '不再渗漏', 'Nothing leaks any more'),
      told('below', '受影响住户', 'Flats that were touched'),
    ],
  }),
  reported({
    code: 'playground-damaged',
    parent: 'buildings',
    title: { 'zh-CN': '健身、游乐设施损坏', en: 'Damaged playground or gym' },
    instructions: {
      'zh-CN': '停用并围挡，修复后检查紧固件再开放。',
      en: 'Close it off; mend it and see that every bolt is tight before it opens.',
    },
    severity: 'moderate',
    handle: workingDays(2),
    checklist: [
      ticked('closed', '修复前已停用', 'It was closed meanwhile'),
      ticked('tight', '紧固件完好', 'Every bolt is tight'),
    ],
  }),
];
