import type { Rule, Text } from '@sc/contracts';
import { ruleHours } from '../lib/rule-hours.js';
import type { Level } from './chart-scale.js';
import { cssVar } from './use-chart.js';

interface Words {
  t: (key: 'devices.raiseAt' | 'devices.clearAt') => string;
  text: (text: Text) => string;
  language: string;
}

/** The levels of rules as lines of a chart, each with what it is called. */
export const levelLines = (levels: readonly Level[], unit: string, words: Words) =>
  levels.map((level, index) => ({
    yAxis: level.at,
    name: nameOf(level, unit, words),
    lineStyle: {
      color: colourOf(level.rule),
      type: level.raises ? ('solid' as const) : ('dotted' as const),
      width: 1.5,
    },
    // The raising line names both levels; of several rules the labels stand left and right in turn.
    label: {
      show: level.raises,
      position:
        levels.slice(0, index).filter((one) => one.raises).length % 2 === 0
          ? ('insideStartTop' as const)
          : ('insideEndTop' as const),
    },
  }));

/** How lines and their names look; nothing happens on pointing at them. */
export const levelMarks = (lines: ReturnType<typeof levelLines>) => ({
  symbol: 'none',
  silent: true,
  data: lines,
  label: { formatter: '{b}', color: cssVar('--sc-text'), fontSize: 11 },
});

const colourOf = (rule: Rule): string => cssVar(`--sc-${rule.severity}`);

function nameOf({ at, rule, clearAt }: Level, unit: string, { t, text, language }: Words): string {
  return [
    `${text(rule.title)} · ${t('devices.raiseAt')} ${at}`,
    clearAt !== undefined && ` / ${t('devices.clearAt')} ${clearAt}`,
    ` ${unit}`,
    rule.activeHours && ` · ${ruleHours(rule.activeHours, language)}`,
  ]
    .filter(Boolean)
    .join('');
}
