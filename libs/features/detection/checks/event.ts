import type { EventCondition } from '@sc/contracts';
import type { Look } from './look.js';

export function checkEvent(condition: EventCondition, look: Look): void {
  const { raiseOn, clearOn, match = [], levels, subject, quietMs } = condition;
  look.events('condition.raiseOn', raiseOn);
  look.events('condition.clearOn', clearOn);
  look.apart('condition.clearOn', raiseOn, clearOn);
  match.forEach(({ field }, index) => {
    if (field.trim() === '') look.add(`condition.match[${index}].field`, 'blank-text');
  });
  if (subject?.trim() === '') look.add('condition.subject', 'blank-text');
  // What is told apart by a subject is never seen again under it, so that only quiet bounds a lost end.
  if (subject !== undefined && quietMs === undefined) look.add('condition.quietMs', 'never-ends');
  if (levels) checkLevels(levels, look);
}

function checkLevels({ field, of }: NonNullable<EventCondition['levels']>, look: Look): void {
  if (field.trim() === '') look.add('condition.levels.field', 'blank-text');
  const all = Object.values(of);
  const { severity, workOrder } = look.rule;
  if (all.length === 0) look.add('condition.levels.of', 'no-level');
  else if (!all.some((level) => level.severity === severity && level.workOrder === workOrder))
    look.add('condition.levels.of', 'levels-without-own', { severity });
}
