import { type CheckPointInput, type ChecklistItem, type RoundPlan, type WriteRoundPlan } from '@sc/contracts';
import { recurrenceText, type RecurrenceKind, simpleRecurrence, type Weekday } from './recurrence-text.js';

type ItemFields = {
  key?: string;
  kind: ChecklistItem['kind'];
  zh: string;
  en: string;
  required: boolean;
  unit?: string;
  min?: number | null;
  max?: number | null;
  category?: string;
};
export interface PointFields {
  key?: string;
  zh: string;
  en: string;
  areaId?: string;
  placement?: string;
  deviceId?: string;
  position: CheckPointInput['position'];
  items: ItemFields[];
}
export interface PlanFields {
  zh: string;
  en: string;
  areaId: string;
  enabled: boolean;
  repeats: RecurrenceKind | 'custom';
  day: string;
  time: string;
  weekdays: Weekday[];
  text: string;
  within: number;
  unit: keyof typeof unitMinutes;
  who: RoundPlan['assignee']['kind'];
  teamId?: string;
  personId?: string;
  category: string;
  points: PointFields[];
}

export const unitMinutes = { minutes: 1, hours: 60, days: 1_440 } as const;
export const newItem: ItemFields = { kind: 'check', zh: '', en: '', required: true };
export const newPoint: PointFields = { zh: '', en: '', position: null, items: [newItem] };

export const newPlan = (day: string): Partial<PlanFields> => ({
  enabled: true,
  repeats: 'DAILY',
  day,
  time: '22:00',
  weekdays: [],
  within: 2,
  unit: 'hours',
  who: 'grid',
  points: [newPoint],
});

export function fieldsOf(plan: RoundPlan): PlanFields {
  const simple = simpleRecurrence(plan.recurrence);
  const minutes = plan.windowMinutes;
  const unit = minutes % 1_440 === 0 ? 'days' : minutes % 60 === 0 ? 'hours' : 'minutes';
  const { assignee } = plan;
  return {
    zh: plan.title['zh-CN'],
    en: plan.title.en,
    areaId: plan.areaId,
    enabled: plan.enabled,
    repeats: simple?.kind ?? 'custom',
    day: simple?.day ?? '',
    time: simple?.time ?? '',
    weekdays: simple?.weekdays ?? [],
    text: plan.recurrence,
    within: minutes / unitMinutes[unit],
    unit,
    who: assignee.kind,
    ...(assignee.kind === 'team' ? { teamId: assignee.teamId } : {}),
    ...(assignee.kind === 'person' ? { personId: assignee.personId } : {}),
    category: plan.category,
    points: plan.checkPoints.map((point) => ({
      key: point.key,
      zh: point.name['zh-CN'],
      en: point.name.en,
      areaId: point.areaId ?? undefined,
      placement: point.placement ?? undefined,
      deviceId: point.deviceId ?? undefined,
      position: point.position,
      items: point.checklist.map((item) => ({
        key: item.key,
        kind: item.kind,
        zh: item.title['zh-CN'],
        en: item.title.en,
        required: item.required,
        ...(item.kind === 'number' ? { unit: item.unit, min: item.min, max: item.max } : {}),
        category: point.categories[item.key],
      })),
    })),
  };
}

/** What the fields say about time; incomplete while somebody types. */
export const recurrenceOf = (fields: Partial<PlanFields>, timeZone: string): string | undefined => {
  const { repeats, day, time, weekdays = [], text } = fields;
  if (repeats === 'custom') return text?.trim() || undefined;
  return repeats && day && time ? recurrenceText({ kind: repeats, day, time, weekdays, timeZone }) : undefined;
};

export function planOf(fields: PlanFields, timeZone: string): WriteRoundPlan {
  const pointKeys = keysFor(fields.points, 'point');
  return {
    title: { 'zh-CN': fields.zh, en: fields.en },
    areaId: fields.areaId,
    recurrence: recurrenceOf(fields, timeZone) ?? '',
    windowMinutes: fields.within * unitMinutes[fields.unit],
    assignee:
      fields.who === 'team'
        ? { kind: 'team', teamId: fields.teamId ?? '' }
        : fields.who === 'person'
          ? { kind: 'person', personId: fields.personId ?? '' }
          : { kind: 'grid' },
    category: fields.category.trim(),
    enabled: fields.enabled,
    checkPoints: fields.points.map((point, index) => pointOf(point, pointKeys[index]!)),
  };
}

function pointOf(point: PointFields, key: string): CheckPointInput {
  const itemKeys = keysFor(point.items, 'item');
  return {
    key,
    name: { 'zh-CN': point.zh, en: point.en },
    areaId: point.areaId ?? null,
    placement: point.placement?.trim() || null,
    deviceId: point.deviceId ?? null,
    position: point.position ?? null,
    checklist: point.items.map((item, i): ChecklistItem => {
      const common = { key: itemKeys[i]!, title: { 'zh-CN': item.zh, en: item.en }, required: item.required };
      if (item.kind !== 'number') return { ...common, kind: item.kind };
      // An emptied field is null: no bound.
      const range = { min: item.min ?? undefined, max: item.max ?? undefined };
      return { ...common, kind: 'number', unit: item.unit ?? '', ...range };
    }),
    categories: Object.fromEntries(
      point.items.flatMap((item, i) => (item.category?.trim() ? [[itemKeys[i]!, item.category.trim()]] : [])),
    ),
  };
}

/** A key stays with its place for ever, since its code does: new ones take the next free number. */
function keysFor(rows: readonly { key?: string }[], prefix: string): string[] {
  const taken = new Set(rows.flatMap(({ key }) => key ?? []));
  let next = 1;
  return rows.map(({ key }) => {
    if (key) return key;
    while (taken.has(`${prefix}-${next}`)) next += 1;
    taken.add(`${prefix}-${next}`);
    return `${prefix}-${next}`;
  });
}
