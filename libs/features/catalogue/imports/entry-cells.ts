import type { CatalogueState } from '@sc/contracts';
import type { Entry } from '../entry.js';
import { writeChecklist } from './checklist-cell.js';
import { writeLimit } from './limit-cell.js';

/** An entry as a line of the table, by column. */
export function cellsOf({ code, parent, areaId, title, asked, alarms, state }: Entry): Record<string, string> {
  return {
    code,
    parent: parent ?? '',
    kind: asked ? 'item' : 'branch',
    title_zh: title['zh-CN'],
    title_en: title.en,
    area: areaId ?? '',
    state: state satisfies CatalogueState,
    severity: asked?.severity ?? '',
    accept: asked ? writeLimit(asked.limits.accept) : '',
    handle: asked ? writeLimit(asked.limits.handle) : '',
    verify: asked ? writeLimit(asked.limits.verify) : '',
    skills: asked?.skills.join(' ') ?? '',
    team: asked?.teamId ?? '',
    proof: asked?.proof ?? '',
    verifier: asked?.verifier ?? '',
    sensor_minutes: asked?.sensorMinutes ? String(asked.sensorMinutes) : '',
    residents: asked?.residents === undefined ? '' : asked.residents ? 'yes' : 'no',
    instructions_zh: asked?.instructions['zh-CN'] ?? '',
    instructions_en: asked?.instructions.en ?? '',
    checklist: asked ? writeChecklist(asked.checklist) : '',
    alarm_domain: alarms?.domain ?? '',
    alarm_severities: alarms?.severities.join(' ') ?? '',
  };
}
