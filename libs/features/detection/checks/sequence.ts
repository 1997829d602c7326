import type { SequenceCondition } from '@sc/contracts';
import type { Look } from './look.js';

type Signals = SequenceCondition['on'];

export function checkSequence({ on, expect, clearOn, subject, quietMs, order }: SequenceCondition, look: Look): void {
  checkSignals('condition.on', on, look);
  checkSignals('condition.expect', expect, look);
  checkSignals('condition.clearOn', clearOn ?? [], look);
  if (subject?.trim() === '') look.add('condition.subject', 'blank-text');
  // Of `after` what was expected ends it, however late. Of `before`, told apart by a subject that never comes again, nothing does.
  if (order === 'before' && subject !== undefined && quietMs === undefined && !clearOn)
    look.add('condition.quietMs', 'never-ends');
}

function checkSignals(path: string, signals: Signals, look: Look): void {
  signals.forEach((signal, index) => {
    const at = `${path}[${index}]`;
    if ('metric' in signal) look.metric(`${at}.metric`, signal.metric, 'boolean');
    else {
      look.event(`${at}.event`, signal.event);
      signal.match?.forEach(({ field }, place) => {
        if (field.trim() === '') look.add(`${at}.match[${place}].field`, 'blank-text');
      });
    }
  });
}
