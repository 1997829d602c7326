import { type CatalogueDraft, severities } from '@sc/contracts';
import { domains } from '@sc/domains';
import { checkEntries } from './check.js';
import { defaultEntries, hashOf } from './defaults/index.js';
import { defaultWrites } from './defaults/seed-defaults.js';
import type { Entry, EntryRow } from './entry.js';
import { KindsOfWork } from './kinds-of-work.js';

const defaults = [...defaultEntries.values()].map((draft): Entry => ({ ...draft, state: 'active' }));
const without = (code: string, state: Entry['state'] = 'retired') =>
  defaults.map((entry) => (entry.code === code ? { ...entry, state } : entry));
const rowOf = ({ alarms, ...draft }: CatalogueDraft, more: Partial<EntryRow> = {}): EntryRow => ({
  ...draft,
  domain: alarms?.domain ?? null,
  severities: alarms?.severities ?? [],
  state: 'active',
  version: 1,
  defaultHash: hashOf({ ...draft, alarms }),
  changed: false,
  proposedBy: null,
  proposedAt: null,
  reason: null,
  decidedBy: null,
  decidedAt: null,
  decisionNote: null,
  updatedAt: new Date(0),
  ...more,
});
const rows = () => new Map([...defaultEntries.values()].map((draft) => [draft.code, rowOf(draft)]));

describe('the catalogue that the program brings', () => {
  it('is in order, and holds every kind of work of every domain', () => {
    const all = new Map(defaults.map((entry) => [entry.code, entry]));
    expect(
      checkEntries([...all.keys()], all, { domains, skills: new Set(), teams: new Set(), planned: new Set() }),
    ).toEqual([]);
    for (const { workOrders } of domains)
      for (const { category } of workOrders) expect(defaultEntries.get(category)?.asked).toBeTruthy();
    expect(new KindsOfWork(domains, defaults).gaps).toEqual([]);
  });

  it('is added once; a newer one replaces what nobody changed and leaves what somebody did', () => {
    expect(defaultWrites(new Map())).toHaveLength(defaultEntries.size);
    expect(defaultWrites(rows())).toEqual([]);
    const old = rows();
    const [a, b] = ['lift-fault', 'exposed-rubbish'];
    old.set(a!, { ...old.get(a!)!, defaultHash: 'older', state: 'retired' });
    old.set(b!, { ...old.get(b!)!, defaultHash: 'older', changed: true });
    expect(defaultWrites(old)).toMatchObject([{ draft: { code: a }, change: 'replaced', state: 'retired' }]);
  });

  it('takes no alarms from a kind of work that people made for them', () => {
    const own = rows();
    own.delete('fire-emergency');
    const draft = { ...defaultEntries.get('fire-emergency')!, code: 'our-fire' };
    own.set('our-fire', rowOf({ ...draft, alarms: { domain: 'fire', severities: ['severe'] } }, { defaultHash: null }));
    expect(defaultWrites(own)).toMatchObject([{ draft: { alarms: { severities: ['extreme'] } } }]);
  });
});

describe('what an order asks for', () => {
  it('is what the catalogue says, and where it says nothing what the program brings', () => {
    const kinds = new KindsOfWork(domains, without('fire-emergency'));
    expect(kinds.gaps).toEqual([
      { domain: 'fire', severity: 'extreme' },
      { domain: 'fire', severity: 'severe' },
    ]);
    for (const { name, workOrders } of domains)
      for (const severity of severities) {
        const served = workOrders.some((own) => own.severities.includes(severity));
        for (const one of [new KindsOfWork(domains), new KindsOfWork(domains, defaults), kinds])
          expect(one.of(name, severity) !== undefined).toBe(served);
      }
    expect(new KindsOfWork(domains).of('teleport', 'severe')).toBeUndefined();
  });

  it('changes with the catalogue, also when a default is broken by hand', () => {
    const changed = defaults.map((entry): Entry => {
      if (entry.code !== 'fire-emergency') return entry;
      return { ...entry, title: { 'zh-CN': '改', en: 'Changed' } };
    });
    expect(new KindsOfWork(domains, changed).of('fire', 'extreme')?.title.en).toBe('Changed');
    const broken = defaults.map((entry) =>
      entry.code === 'fire-emergency' ? ({ ...entry, asked: { limits: 7 } } as unknown as Entry) : entry,
    );
    expect(new KindsOfWork(domains, broken).of('fire', 'extreme')?.category).toBe('fire-emergency');
  });

  it('is found by name while it is in use, and only where it counts', () => {
    const local = { ...defaults.find(({ code }) => code === 'lift-fault')!, code: 'local', areaId: 'g1' };
    const kinds = new KindsOfWork(domains, [
      ...without('parking-fire-lane'),
      local,
      { ...local, code: 'w', state: 'proposed' },
    ]);
    expect(kinds.named('access-door')).toMatchObject({ domain: 'access', template: { category: 'access-door' } });
    expect(kinds.named('lift-fault')).toMatchObject({ domain: undefined });
    expect([kinds.named('parking-fire-lane'), kinds.named('w'), kinds.named('nothing')]).toEqual(
      Array(3).fill(undefined),
    );
    expect(kinds.usableIn('local', ['c1', 'g1', 'b1'])?.category).toBe('local');
    expect([kinds.usableIn('local', ['c1', 'g2']), kinds.usableIn('w', ['c1', 'g1'])]).toEqual([undefined, undefined]);
    expect(new KindsOfWork(domains).named('access-door')?.domain).toBe('access');
  });
});
