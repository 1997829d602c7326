import type { Asked, CatalogueDetail, CatalogueDraft, ChecklistItem, Severity, StepLimit } from '@sc/contracts';

/** A form as it is being filled in: some of it may be missing. */
export interface EntryFields {
  kind: 'branch' | 'item';
  code: string;
  parent?: string | undefined;
  areaId?: string | undefined;
  title: CatalogueDraft['title'];
  asked: Omit<Asked, 'teamId' | 'limits' | 'sensorMinutes'> & {
    /** An emptied number is `null` in a form. */
    sensorMinutes?: number | null | undefined;
    teamId?: string | null | undefined;
    limits: { accept: StepLimit; handle?: StepLimit | null; verify?: StepLimit | null };
  };
  domain?: string | undefined;
  severities?: Severity[] | undefined;
  reason?: string | undefined;
}

const fresh: EntryFields['asked'] = {
  instructions: { 'zh-CN': '', en: '' },
  severity: 'minor',
  limits: { accept: { amount: 30, unit: 'working-minutes' }, handle: { amount: 1, unit: 'working-days' } },
  skills: [],
  checklist: [],
  proof: 'photo',
  verifier: 'staff',
};

export const fieldsOf = (entry: CatalogueDetail | undefined, under: string | undefined): Partial<EntryFields> =>
  entry
    ? {
        kind: entry.kind,
        code: entry.code,
        parent: entry.parent ?? undefined,
        areaId: entry.areaId ?? undefined,
        title: entry.title,
        asked: entry.asked ?? fresh,
        domain: entry.alarms?.domain,
        severities: entry.alarms?.severities,
      }
    : { kind: 'item', parent: under, asked: fresh };

export function draftOf({ kind, code, parent, areaId, title, asked, domain, severities }: EntryFields): CatalogueDraft {
  const item = kind === 'item';
  return {
    code,
    parent: parent ?? null,
    areaId: areaId ?? null,
    title,
    asked: item ? askedOf(asked) : null,
    alarms: item && domain && severities?.length ? { domain, severities } : null,
  };
}

const askedOf = ({ limits, teamId, checklist, sensorMinutes, ...rest }: EntryFields['asked']): Asked => ({
  ...rest,
  ...bound('sensorMinutes', sensorMinutes),
  teamId: teamId ?? null,
  limits: { accept: limits.accept, handle: limits.handle ?? null, verify: limits.verify ?? null },
  checklist: (checklist ?? []).map(lineOf),
});

/** What another kind of line had is left behind. */
function lineOf(line: ChecklistItem): ChecklistItem {
  const { key, title, required = false } = line;
  if (line.kind !== 'number') return { key, kind: line.kind, title, required };
  const { unit, min, max } = line;
  return { key, kind: 'number', title, required, unit: unit ?? '', ...bound('min', min), ...bound('max', max) };
}

const bound = (name: 'min' | 'max' | 'sensorMinutes', value: number | null | undefined) =>
  value === null || value === undefined ? {} : { [name]: value };
