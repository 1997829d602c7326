import { Inject, Injectable } from '@nestjs/common';
import { type AlarmLoad, type BadActor, type Rule, ruleSchema } from '@sc/contracts';
import { placeName } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { Judged, LoadCount, Pair } from './load-meter.js';
import { mendOf, mendTexts } from './mend.js';

const worstShown = 10;
/** Of rules and devices, those with the most alarms: more than anybody reads through. */
const mostShown = 50;

type Precise = { alarms: number; judged: Judged };

/** The rules and devices that told most, by name, with what to mend. */
@Injectable()
export class BadActors {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  async of({ pairs, alarms }: LoadCount): Promise<Pick<AlarmLoad, 'worst' | 'rules' | 'devices'>> {
    const worst = mostFirst(pairs).slice(0, worstShown);
    const byRule = mostFirst([...sumsBy(pairs, 'ruleId')].map(([ruleId, sum]) => ({ ruleId, ...sum })));
    const byDevice = mostFirst([...sumsBy(pairs, 'deviceId')].map(([deviceId, sum]) => ({ deviceId, ...sum })));
    const rules = byRule.slice(0, mostShown);
    const devices = byDevice.slice(0, mostShown);
    const ruleOf = await this.rules([...rules, ...worst].map(({ ruleId }) => ruleId));
    const deviceOf = await this.devices([...devices, ...worst].map(({ deviceId }) => deviceId));
    const sums = new Map(byRule.map((sum) => [sum.ruleId, sum.judged]));
    return {
      worst: worst.map((pair) => toBadActor(pair, alarms, sums.get(pair.ruleId)!, ruleOf, deviceOf)),
      rules: rules.map(({ ruleId, ...sum }) => ({ ruleId, title: titleOf(ruleId, ruleOf), ...preciseOf(sum) })),
      devices: devices.map(({ deviceId, ...sum }) => ({
        deviceId,
        name: deviceOf.get(deviceId)?.name ?? deviceId,
        ...preciseOf(sum),
      })),
    };
  }

  private async rules(ids: string[]): Promise<Map<string, Rule>> {
    const rows = await this.db
      .selectFrom('rules')
      .select(['id', 'version', 'domain', 'enabled', 'definition'])
      .where(sql<boolean>`id = any(${ids}::text[])`)
      .execute();
    return new Map(
      rows.flatMap(({ definition, ...row }) => {
        const parsed = ruleSchema.safeParse({ ...definition, ...row });
        return parsed.success ? [[row.id, parsed.data] as const] : [];
      }),
    );
  }

  private async devices(ids: string[]) {
    const rows = await this.db
      .selectFrom('devices')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .select(['devices.id', 'devices.name', placeName.as('areaName')])
      .where(sql<boolean>`devices.id = any(${ids}::text[])`)
      .execute();
    return new Map(rows.map((row) => [row.id, row]));
  }
}

/** Most alarms first; of equals always the same order. */
const mostFirst = <T extends Precise & { ruleId?: string; deviceId?: string }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => b.alarms - a.alarms || (nameOf(a) < nameOf(b) ? -1 : 1));
const nameOf = ({ ruleId = '', deviceId = '' }: { ruleId?: string; deviceId?: string }) => `${ruleId} ${deviceId}`;

function sumsBy(pairs: readonly Pair[], name: 'ruleId' | 'deviceId'): Map<string, Precise> {
  const sums = new Map<string, Precise>();
  for (const pair of pairs) {
    const sum = sums.get(pair[name]) ?? { alarms: 0, judged: { true: 0, false: 0, test: 0 } };
    sum.alarms += pair.alarms;
    for (const kind of ['true', 'false', 'test'] as const) sum.judged[kind] += pair.judged[kind];
    sums.set(pair[name], sum);
  }
  return sums;
}

function preciseOf({ alarms, judged }: Precise) {
  const decided = judged.true + judged.false;
  return {
    alarms,
    judgedTrue: judged.true,
    judgedFalse: judged.false,
    judgedTest: judged.test,
    precision: decided ? judged.true / decided : null,
  };
}

const titleOf = (ruleId: string, ruleOf: ReadonlyMap<string, Rule>) =>
  ruleOf.get(ruleId)?.title ?? { 'zh-CN': ruleId, en: ruleId };

function toBadActor(
  pair: Pair,
  all: number,
  ofRule: Judged,
  ruleOf: ReadonlyMap<string, Rule>,
  deviceOf: ReadonlyMap<string, { name: string; areaName: BadActor['areaName'] }>,
): BadActor {
  const { ruleId, deviceId, judged, chattered } = pair;
  const device = deviceOf.get(deviceId);
  const code = mendOf(pair, ruleOf.get(ruleId), {
    judgedTrue: ofRule.true - judged.true,
    judgedFalse: ofRule.false - judged.false,
  });
  return {
    ruleId,
    ruleTitle: titleOf(ruleId, ruleOf),
    deviceId,
    deviceName: device?.name ?? deviceId,
    areaName: device?.areaName ?? { 'zh-CN': deviceId, en: deviceId },
    share: pair.alarms / all,
    chattered,
    ...preciseOf(pair),
    mend: { code, text: mendTexts[code] },
  };
}
