import { Inject, Injectable } from '@nestjs/common';
import { type CaseItem, type CreateStaffingPlan, isUrgent, staffingLimits, type Text } from '@sc/contracts';
import { domains } from '@sc/domains';
import { Calendars } from '@sc/features/calendars';
import { Catalogue } from '@sc/features/catalogue';
import { EscalationChains } from '@sc/features/escalation';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { CaseRecord, PlannedCase, Superior } from './simulation/world.js';
import { SiteHours } from './site-hours.js';
import { type KnownHistory, historyOf } from './sources/history.js';
import { readCases, type SiteCase } from './sources/site-cases.js';
import { type Places, readOfficers, readPlaces, readSuperiors } from './sources/site-staff.js';
import { casesOfTable, type TableCase } from './sources/table-cases.js';
import { StaffingFailure } from './staffing-failure.js';
import type { Roster } from './staffing-of-variant.js';

const halfYearMs = 183 * 86_400_000;
const mostHistory = 50_000;
const unknownKind: Pick<CaseItem, 'limits' | 'skills' | 'teamId'> = {
  limits: { accept: { amount: 30, unit: 'minutes' }, handle: { amount: 240, unit: 'minutes' }, verify: null },
  skills: [],
  teamId: null,
};
const lifeSafety = new Set(
  domains.filter((domain) => domain.lifeSafety).flatMap(({ workOrders }) => workOrders.map(({ category }) => category)),
);

/** All that a plan rests on, read once. */
export interface StaffingSources {
  range: { from: number; to: number };
  cases: PlannedCase[];
  titles: ReadonlyMap<string, Text>;
  /** As it really was; `null`: cases of a table. */
  actual: CaseRecord[] | null;
  history: KnownHistory;
  roster: Roster;
  superiors: Superior[];
  hours: SiteHours;
  unknownCategories: number;
}

type RawCase = Pick<
  SiteCase,
  'at' | 'category' | 'severity' | 'areaId' | 'position' | 'limits' | 'skills' | 'teamId' | 'lifeSafety'
> & {
  handlingMinutes: number | null;
};

@Injectable()
export class StaffingSourceReader {
  readonly hours: SiteHours;

  constructor(
    private readonly chains: EscalationChains,
    private readonly calendars: Calendars,
    private readonly catalogue: Catalogue,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(SETTINGS) settings: Pick<Settings, 'TIME_ZONE'>,
  ) {
    this.hours = new SiteHours(settings.TIME_ZONE);
  }

  places(): Promise<Places> {
    return readPlaces(this.db);
  }

  /** @throws StaffingFailure `no-cases`, `too-large` */
  async read(areaId: string, question: CreateStaffingPlan): Promise<StaffingSources> {
    const range = { from: Date.parse(question.from), to: Date.parse(question.to) };
    const places = await this.places();
    const past = await readCases(this.db, areaId, { from: range.to - halfYearMs, to: range.to, most: mostHistory });
    const site = question.csv === undefined ? await this.ofSite(areaId, range) : null;
    const table = question.csv === undefined ? null : this.ofTable(question.csv, places, areaId, range);
    const raw = site?.map((one) => ({ ...one, handlingMinutes: null })) ?? table!.cases;
    if (!raw.length) throw new StaffingFailure('no-cases');
    if (raw.length > staffingLimits.cases) throw new StaffingFailure('too-large');
    const cases = await this.planned(raw, places);
    return {
      range,
      cases,
      titles: this.titlesOf(cases, [...past, ...(site ?? [])]),
      actual: site?.map(({ record }) => record) ?? null,
      history: historyOf(
        past.map(({ record }) => record),
        question.assumptions,
      ),
      roster: {
        officers: await readOfficers(this.db, places, areaId, range),
        place: (id) => places.place(id),
        skills: [...new Set(cases.flatMap(({ skills }) => skills))],
      },
      superiors: await readSuperiors(this.db, places.path(areaId), areaId),
      hours: this.hours,
      unknownCategories: table?.unknownCategories ?? 0,
    };
  }

  private ofSite(areaId: string, range: { from: number; to: number }): Promise<SiteCase[]> {
    return readCases(this.db, areaId, { ...range, most: staffingLimits.cases + 1 });
  }

  private ofTable(csv: string, places: Places, areaId: string, { from, to }: { from: number; to: number }) {
    const isArea = (id: string) => places.path(id).includes(areaId);
    const unknown = new Set<string>();
    const kindOf = (category: string) => {
      const known = this.catalogue.named(category)?.template;
      if (!known) unknown.add(category);
      return known ?? unknownKind;
    };
    const cases = casesOfTable(csv, { hours: this.hours, isArea })
      .cases.filter(({ at }) => at >= from && at < to)
      .map((one: TableCase): RawCase => {
        const { limits, skills, teamId } = kindOf(one.category);
        return {
          ...one,
          limits,
          skills: [...skills],
          teamId,
          lifeSafety: isUrgent(one.severity) && lifeSafety.has(one.category),
        };
      });
    return { cases, unknownCategories: unknown.size };
  }

  /** With chain and calendar of their place. */
  private async planned(raw: readonly RawCase[], places: Places): Promise<PlannedCase[]> {
    const areaIds = [...new Set(raw.map(({ areaId }) => areaId))];
    const book = await this.chains.book(areaIds, this.db);
    const calendars = await this.calendars.book(this.db);
    const calendarOf = new Map(await Promise.all(areaIds.map(async (id) => [id, await calendars.of(id)] as const)));
    return raw.map(({ lifeSafety: danger, ...one }) => {
      const path = places.path(one.areaId);
      return {
        ...one,
        path,
        gridId: places.above(one.areaId, 'duty-grid'),
        communityId: places.above(one.areaId, 'community'),
        chain: book.stepsFor({ severity: one.severity, path, teamId: one.teamId, lifeSafety: danger }),
        calendar: calendarOf.get(one.areaId)!,
      };
    });
  }

  private titlesOf(cases: readonly PlannedCase[], known: readonly SiteCase[]): Map<string, Text> {
    const titles = new Map(known.map(({ category, title }) => [category, title]));
    for (const { category } of cases) {
      const title = titles.get(category) ?? this.catalogue.named(category)?.template.title;
      if (title) titles.set(category, title);
    }
    return titles;
  }
}
