import type { Rule } from '@sc/contracts';
import { opticalDensityLevel, smokeLevel, soundingAlarm, staticHeat } from './signs-of-fire.js';

const smokeGuidance = {
  'zh-CN': '测得烟雾。联系住户并立即派人核查；确认起火即拨打 119，通知疏散。',
  en: 'Smoke is measured. Call the household and send somebody now; if it burns call 119 and start evacuation.',
};

const common = {
  version: 2,
  domain: 'fire',
  urgency: 'immediate',
  workOrder: true,
  enabled: true,
} as const;

/** One fire is one alarm of a room, though smoke and heat tell of it: the gravest is shown, the others are kept behind it. */
const oneOfRoom = { suppressionGroup: 'fire' } as const;

export const fireRules: Rule[] = [
  {
    ...common,
    ...oneOfRoom,
    version: 3,
    id: 'fire-smoke',
    title: { 'zh-CN': '烟雾报警', en: 'Smoke' },
    guidance: smokeGuidance,
    // No on-delay: a battery device may report once a minute, and one minute decides. The level alone keeps noise out.
    condition: smokeLevel,
    severity: 'extreme',
    certainty: 'likely',
    source: {
      'zh-CN':
        'EN 14604：响应阈值 0.05–0.2 dB/m（1.1–4.5 %/m）；取上限，在 UL 217（0.5–4 %/ft，即 1.6–12.5 %/m）范围内。低于此值时，NIST TN 1455-1 的仪器会出现最高 4.2 %/m 的单次噪声读数。见 docs/detection-fire.md。',
      en: 'EN 14604: response threshold 0.05–0.2 dB/m (1.1–4.5 %/m); upper end taken, inside UL 217 (0.5–4 %/ft = 1.6–12.5 %/m). Below it the meters of NIST TN 1455-1 show single noisy readings up to 4.2 %/m. See docs/detection-fire.md.',
    },
  },
  {
    ...common,
    ...oneOfRoom,
    version: 3,
    id: 'fire-optical-density',
    title: { 'zh-CN': '烟雾报警(光密度)', en: 'Smoke (optical density)' },
    guidance: smokeGuidance,
    condition: opticalDensityLevel,
    severity: 'extreme',
    certainty: 'likely',
    source: {
      'zh-CN': 'EN 14604：0.2 dB/m 即光密度 0.02 1/m，与规则 fire-smoke 的阈值相同：烟雾 = 100·(1 − 10^−OD)。',
      en: 'EN 14604: 0.2 dB/m is an optical density of 0.02 1/m, the same level as rule fire-smoke: smoke = 100·(1 − 10^−OD).',
    },
  },
  {
    ...common,
    ...oneOfRoom,
    version: 3,
    id: 'fire-heat',
    title: { 'zh-CN': '高温报警', en: 'Heat' },
    guidance: {
      'zh-CN': '温度达到火灾级别。按起火处置：拨打 119，通知疏散，派人核查。',
      en: 'The temperature is that of a fire. Treat it as one: call 119, start evacuation, send somebody.',
    },
    condition: staticHeat,
    severity: 'extreme',
    certainty: 'likely',
    source: {
      'zh-CN':
        'EN 54-5 A2 级：无论升温多慢，到 70 °C 必须响应；正常使用不超过 50 °C（恢复阈值）。日晒屋顶可达 65 °C；快速升温由规则 fire-heat-rising 负责。',
      en: 'EN 54-5 class A2: must respond by 70 °C however slowly it gets warm, normal use up to 50 °C (the clear level). A roof in the sun reaches 65 °C; what gets warm fast is rule fire-heat-rising.',
    },
  },
  {
    ...common,
    ...oneOfRoom,
    version: 3,
    id: 'fire-smoke-alarm',
    title: { 'zh-CN': '烟感器报警', en: 'Smoke detector sounding' },
    guidance: smokeGuidance,
    condition: soundingAlarm,
    severity: 'extreme',
    certainty: 'likely',
    source: {
      'zh-CN': '由探测器按自身标准（EN 14604、UL 217、GB 20517）判定。',
      en: 'The detector decided by itself, after its own standard (EN 14604, UL 217, GB 20517).',
    },
  },
  {
    ...common,
    id: 'fire-sos',
    title: { 'zh-CN': '紧急求助', en: 'Emergency call' },
    guidance: {
      'zh-CN': '有人按下求助按钮。立即电话联系并派人上门；伤病拨打 120，火情拨打 119，治安拨打 110。',
      en: 'Somebody pressed the emergency button. Call back and send somebody now; 120 for illness, 119 for fire, 110 for crime.',
    },
    // No event ends an emergency: only a person who has been there can say that it is over.
    condition: { kind: 'event', raiseOn: ['sos.pressed'], clearOn: [] },
    severity: 'extreme',
    certainty: 'observed',
    source: {
      'zh-CN': '有人求助；是否误触到现场核实（EN 50134-1，社会报警系统）。',
      en: 'A person asked for help; whether it was meant is found out on the spot (EN 50134-1, social alarm systems).',
    },
  },
];
