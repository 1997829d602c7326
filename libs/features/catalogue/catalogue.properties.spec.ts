import { type Asked, type ImportColumn, importColumns, type Person, severities } from '@sc/contracts';
import { domains } from '@sc/domains';
import { ImportPlan, readTable } from '@sc/platform/csv';
import fc from 'fast-check';
import { checkEntries, type CatalogueWorld } from './check.js';
import type { Entry, EntryRow } from './entry.js';
import { exportCatalogue } from './imports/export-catalogue.js';
import { planEntries } from './imports/import-catalogue.js';
import { readLimit, writeLimit } from './imports/limit-cell.js';
import { readChecklist, writeChecklist } from './imports/checklist-cell.js';
import { Scope } from './scope.js';

const world: CatalogueWorld = {
  domains,
  skills: new Set(['lift', 'power']),
  teams: new Set(),
  planned: new Set(['planned']),
};
const admin: Person = {
  id: '00000000-0000-4000-8000-000000000001',
  login: 'admin',
  name: 'A',
  role: 'admin',
  areaId: 'c1',
  locale: 'en',
};
const areas = [
  { id: 'c1', path: ['c1'], parentId: null },
  { id: 'g1', path: ['c1', 'g1'], parentId: 'c1' },
];
const db = { selectFrom: () => ({ select: () => ({ execute: async () => areas }) }) };
const scope = await Scope.of({ db } as unknown as Parameters<typeof Scope.of>[0], admin);

/** What people type: both scripts, signs that mean something to tables, lists or spreadsheets. */
const words = fc
  .string({
    unit: fc.constantFrom('a', '电', '|', '\\', '"', ',', ';', '\n', '=', "'", '-', ' ', '\t', 'n'),
    maxLength: 12,
  })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const text = fc.record({ 'zh-CN': words, en: words });
const slug = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
const limit = fc.record({
  amount: fc.integer({ min: 1, max: 100_000 }),
  unit: fc.constantFrom('minutes' as const, 'working-minutes' as const, 'working-days' as const),
});
const line = fc.oneof(
  fc.record({
    key: slug,
    kind: fc.constantFrom('check' as const, 'text' as const),
    title: text,
    required: fc.boolean(),
  }),
  fc.record(
    {
      key: slug,
      kind: fc.constant('number' as const),
      title: text,
      required: fc.boolean(),
      unit: fc.oneof(fc.constant(''), words).map((unit) => unit.slice(0, 16).trim()),
      min: fc.integer({ min: -9, max: 0 }),
      max: fc.double({ min: 1, max: 9, noNaN: true }),
    },
    { requiredKeys: ['key', 'kind', 'title', 'required', 'unit'] },
  ),
);
const checklist = fc.uniqueArray(line, { maxLength: 4, selector: ({ key }) => key });
const asked: fc.Arbitrary<Asked> = fc.record(
  {
    instructions: text,
    severity: fc.constantFrom(...severities),
    limits: fc.record({ accept: limit, handle: fc.option(limit), verify: fc.option(limit) }),
    skills: fc.subarray(['lift', 'power']),
    teamId: fc.constant(null),
    checklist,
    proof: fc.constantFrom('none' as const, 'photo' as const, 'before-and-after' as const),
    verifier: fc.constantFrom('staff' as const, 'sensor-or-staff' as const),
    sensorMinutes: fc.integer({ min: 1, max: 24 * 60 }),
  },
  { requiredKeys: ['instructions', 'severity', 'limits', 'skills', 'teamId', 'checklist', 'proof', 'verifier'] },
);
/** A tree of any depth: each entry hangs on a branch before it, or at the top. */
const tree: fc.Arbitrary<Entry[]> = fc
  .array(
    fc.record({
      asked: fc.option(asked),
      title: text,
      onto: fc.nat(),
      areaId: fc.constantFrom(null, 'c1', 'g1'),
      state: fc.constantFrom('active' as const, 'retired' as const),
    }),
    { maxLength: 25 },
  )
  .map((plans) => {
    const entries: Entry[] = [];
    plans.forEach(({ onto, areaId, state, ...rest }, index) => {
      const branches = entries.filter((entry) => !entry.asked);
      const parent = branches.length ? (branches[onto % (branches.length + 1)]?.code ?? null) : null;
      const own = rest.asked ? { areaId, state } : { areaId: null, state: 'active' as const };
      entries.push({ code: `e-${index}`, parent, alarms: null, ...rest, ...own });
    });
    return entries;
  });

const columns: readonly ImportColumn[] = importColumns.catalogue;
function imported(csv: string, there = new Map<string, EntryRow>()) {
  const table = readTable(Buffer.from(csv), columns);
  const plan = new ImportPlan(table);
  const writes = planEntries(plan, table.rows, { scope, there, world, at: new Date(0) });
  return { writes, result: plan.result(false) };
}
const stored = (writes: ReturnType<typeof imported>['writes']): Map<string, EntryRow> =>
  new Map(
    writes.map(({ draft: { alarms, ...draft }, state }): [string, EntryRow] => [
      draft.code,
      {
        ...draft,
        domain: alarms?.domain ?? null,
        severities: alarms?.severities ?? [],
        state,
        version: 1,
        defaultHash: null,
        changed: false,
        proposedBy: null,
        proposedAt: null,
        reason: null,
        decidedBy: null,
        decidedAt: null,
        decisionNote: null,
        updatedAt: new Date(0),
      },
    ]),
  );

describe('the catalogue as a table', () => {
  it('comes back as it went out, whatever people typed, and the second time changes nothing', () => {
    fc.assert(
      fc.property(tree, (entries) => {
        if (!entries.length) return;
        const csv = exportCatalogue(entries);
        const { writes, result } = imported(csv);
        expect(result.errors).toEqual([]);
        const back = writes.map(({ draft, state }) => ({ ...draft, state }));
        expect(back.toSorted(byCode)).toEqual(entries.toSorted(byCode));
        expect(exportCatalogue(back)).toBe(csv);
        const again = imported(csv, stored(writes));
        expect([again.writes, again.result.errors]).toEqual([[], []]);
      }),
      { numRuns: 60 },
    );
  });

  it('limits and checklists are read as they are written', () => {
    fc.assert(fc.property(limit, (one) => void expect(readLimit(writeLimit(one))).toEqual(one)));
    fc.assert(fc.property(checklist, (one) => void expect(readChecklist(writeChecklist(one))).toEqual(one)));
    expect(['2 工作日', '4 Working Hours', '2小时', '30 min'].map(readLimit)).toEqual([
      { amount: 2, unit: 'working-days' },
      { amount: 240, unit: 'working-minutes' },
      { amount: 120, unit: 'minutes' },
      { amount: 30, unit: 'minutes' },
    ]);
    expect(['soon', '0 minutes', '-1 minutes', '9 weeks', '1', ''].map(readLimit)).toEqual(Array(6).fill(undefined));
    expect(
      ['a | check | perhaps | 一 | one', 'a', 'a | check | required | 一 | one | more'].map(readChecklist),
    ).toEqual(Array(3).fill(undefined));
  });

  it('a sensor stays quiet for a whole number of minutes of a day, or as long as usual', () => {
    const csv = (minutes: string) =>
      `code,kind,title_en,instructions_en,sensor_minutes\nlamp,item,Lamp,Look.,${minutes}`;
    expect(imported(csv('15')).writes[0]?.draft.asked?.sensorMinutes).toBe(15);
    expect(imported(csv('')).writes[0]?.draft.asked).not.toHaveProperty('sensorMinutes');
    for (const wrong of ['0', '1441', '-5', '1.5', 'soon'])
      expect(imported(csv(wrong)).result.errors).toMatchObject([
        { line: 2, column: 'sensor_minutes', code: 'bad-minutes', value: wrong },
      ]);
    const there = stored(imported(csv('15')).writes);
    expect(imported('code,kind\nlamp,item', there).result.rows[0]?.mark).toBe('unchanged');
    expect(imported(csv(''), there).result.rows[0]?.changes).toEqual([
      { column: 'sensor_minutes', from: '15', to: '' },
    ]);
  });

  it('takes 5,000 kinds of work in one file, one more not', () => {
    const entries = Array.from({ length: 5000 }, (_, index): Entry => anEntry(`k-${index}`));
    const csv = exportCatalogue([aBranch('top', null), ...entries]);
    const { writes, result } = imported(csv);
    expect([writes.length, result.errors]).toEqual([5001, []]);
    const more = imported(exportCatalogue([aBranch('top', null), ...entries, anEntry('one-more')]));
    expect(more.result.errors[0]).toMatchObject({ column: 'code', code: 'too-many-entries' });
  });
});

describe('the tree', () => {
  const issues = (...entries: Entry[]) =>
    checkEntries(
      entries.map(({ code }) => code),
      new Map(entries.map((entry) => [entry.code, entry])),
      world,
    ).map(({ code, issue }) => `${code} ${issue}`);

  it('refuses circles, also for what hangs on one, and what hangs on an item, on nothing, on what is retired', () => {
    expect(issues(aBranch('a', 'b'), aBranch('b', 'a'), anEntry('x', { parent: 'b' }))).toEqual([
      'a own-parent',
      'b own-parent',
      'x own-parent',
    ]);
    expect(issues(aBranch('a', 'a'))).toEqual(['a own-parent']);
    expect(issues(aBranch('top', null), anEntry('x'), anEntry('y', { parent: 'x' }))).toEqual(['y parent-is-item']);
    expect(issues(anEntry('x', { parent: 'nowhere' }))).toEqual(['x unknown-parent']);
    expect(issues({ ...aBranch('top', null), state: 'retired' }, anEntry('x'))).toEqual([
      'top has-children',
      'x parent-retired',
    ]);
    expect(issues({ ...aBranch('top', null), state: 'retired' }, anEntry('x', { state: 'retired' }))).toEqual([]);
    expect(issues(aBranch('top', null), anEntry('planned', { state: 'retired' }))).toEqual(['planned planned']);
  });

  it('gives alarms to one kind of work, that counts everywhere; lives wait neither for hours nor for a sensor', () => {
    const fire = { domain: 'fire', severities: ['severe' as const] };
    const top = aBranch('top', null);
    const day = { amount: 10, unit: 'minutes' as const };
    const good = anEntry('good', { alarms: fire, asked: { ...plain, limits: { ...plain.limits, accept: day } } });
    expect(issues(top, good)).toEqual([]);
    expect(issues(top, good, { ...good, code: 'two' })).toEqual(['good alarms-taken', 'two alarms-taken']);
    expect(issues(top, good, { ...good, code: 'two', state: 'proposed' })).toEqual([]);
    expect(issues(top, { ...good, areaId: 'g1' })).toEqual(['good alarms-everywhere-only']);
    expect(issues(top, { ...good, asked: { ...plain, verifier: 'sensor-or-staff' } })).toEqual([
      'good lives-need-staff',
      'good lives-need-clock',
    ]);
    expect(issues(top, { ...good, alarms: { ...fire, domain: 'teleport' } })).toEqual(['good unknown-domain']);
    expect(issues({ ...top, alarms: fire })).toEqual(['top branch-asks']);
  });
});

const byCode = (a: Entry, b: Entry) => (a.code < b.code ? -1 : 1);
const plain: Asked = {
  instructions: { 'zh-CN': '到场。', en: 'Go there.' },
  severity: 'minor',
  limits: { accept: { amount: 30, unit: 'working-minutes' }, handle: null, verify: null },
  skills: [],
  teamId: null,
  checklist: [],
  proof: 'none',
  verifier: 'staff',
};
const aBranch = (code: string, parent: string | null): Entry => ({
  code,
  parent,
  areaId: null,
  title: { 'zh-CN': '类', en: 'Class' },
  asked: null,
  alarms: null,
  state: 'active',
});
const anEntry = (code: string, more: Partial<Entry> = {}): Entry => ({
  ...aBranch(code, 'top'),
  asked: plain,
  ...more,
});
