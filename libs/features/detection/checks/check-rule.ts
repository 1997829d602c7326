import { type Rule, type RuleIssue, type WorkOrderTemplate } from '@sc/contracts';
import { isLifeSafety } from '../life-safety.js';
import { checkCondition } from './kinds.js';
import { Look, type RuleWorld } from './look.js';
import { checkShape } from './shape.js';

/** Rules of one site. More than a few for each kind of device nobody keeps in order, and each costs with every reading. */
export const mostRules = 2_000;
/** Bytes of one rule as JSON: room for a thousand named devices. */
const mostBytes = 200_000;

export type Checked = { rule: Rule; issues: [] } | { issues: RuleIssue[] };

/** Whether a rule can be taken: its shape, and that it speaks of what there is and can begin and end. Pure. */
export function checkRule(candidate: unknown, world: RuleWorld): Checked {
  if (JSON.stringify(candidate).length > mostBytes) return wrong('', 'too-large', { most: mostBytes });
  const shape = checkShape(candidate);
  if ('issues' in shape) return shape;
  const { rule } = shape;
  const domain = world.domains.find(({ name }) => name === rule.domain);
  const known = world.domains.map(({ name }) => name).join(', ');
  if (!domain) return wrong('domain', 'unknown-domain', { domain: rule.domain, known });
  const look = new Look(rule, domain, world);
  checkTexts(look);
  checkCondition(rule.condition, look);
  checkHours(look);
  checkPlaces(look);
  checkWorkOrder(look);
  return look.issues.length > 0 ? { issues: look.issues } : { rule, issues: [] };
}

const wrong = (path: string, code: RuleIssue['code'], params: RuleIssue['params']): Checked => ({
  issues: [{ path, code, params }],
});

function checkTexts(look: Look): void {
  const { title, guidance, source } = look.rule;
  for (const [name, text] of Object.entries({ title, guidance, source }))
    for (const [locale, words] of Object.entries(text))
      if (words.trim() === '') look.add(`${name}.${locale}`, 'blank-text');
}

function checkHours(look: Look): void {
  const { activeHours } = look.rule;
  if (!activeHours) return;
  // A fire at noon is a fire, too.
  if (isLifeSafety(look.rule)) look.add('activeHours', 'life-safety-hours');
  activeHours.days?.forEach((day, index, days) => {
    if (days.indexOf(day) < index) look.add(`activeHours.days[${index}]`, 'listed-twice', { value: day });
  });
}

function checkPlaces(look: Look): void {
  const { rule, world } = look;
  rule.appliesTo?.areaIds?.forEach((area, index) => {
    if (!world.areaIds.has(area)) look.add(`appliesTo.areaIds[${index}]`, 'unknown-area', { area });
  });
  rule.appliesTo?.deviceIds?.forEach((device, index) => {
    const path = `appliesTo.deviceIds[${index}]`;
    const domain = world.devices.get(device);
    if (domain === undefined) look.add(path, 'unknown-device', { device });
    else if (domain !== rule.domain) look.add(path, 'device-of-other-domain', { device, domain });
  });
}

/** An alarm that asks for a person needs a kind of work: the named one, or the one that the domain has for its severity. */
function checkWorkOrder(look: Look): void {
  const { rule, domain } = look;
  const category = rule.workOrderCategory;
  if (category !== undefined && !domain.workOrders.some((template) => template.category === category)) {
    const known = domain.workOrders.map((template) => template.category).join(', ');
    look.add('workOrderCategory', 'unknown-category', { category, known });
  }
  if (category !== undefined) return;
  const ofSeverity = ({ severities }: WorkOrderTemplate, severity: Rule['severity']) => severities.includes(severity);
  for (const { severity, workOrder, path } of levelsOf(rule))
    if (workOrder && !domain.workOrders.some((template) => ofSeverity(template, severity)))
      look.add(path, 'no-work-order-template', { severity });
}

function levelsOf({ severity, workOrder, condition }: Rule) {
  const levels = condition.kind === 'event' ? condition.levels : undefined;
  if (!levels) return [{ severity, workOrder, path: 'severity' }];
  return Object.entries(levels.of).map(([value, level]) => ({
    ...level,
    path: `condition.levels.of.${value}.severity`,
  }));
}
