import { Inject, Injectable } from '@nestjs/common';
import { type EscalationChain, type Person, severities } from '@sc/contracts';
import { Directory, placeName } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import type { StoredChain } from '../chain-book.js';
import { defaultChains } from '../default-chains.js';
import { EscalationChains } from '../escalation-chains.service.js';

/** What holds at a place, and where it was laid down. */
@Injectable()
export class EscalationReadModel {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    private readonly directory: Directory,
    private readonly chains: EscalationChains,
  ) {}

  /** One for each severity, the gravest first. @throws ProblemError `not-found`, also for a place out of sight */
  async at(person: Person, areaId: string): Promise<EscalationChain[]> {
    if (!(await this.directory.isInScope(person.areaId, areaId)))
      throw new ProblemError('not-found', commonRefusals.noArea);
    const path = await this.directory.areaPath(areaId);
    const book = await this.chains.book([areaId], this.db);
    const laid = severities.map((severity) => ({ severity, chain: book.laidDown(path, severity) }));
    const names = await this.names(laid.flatMap(({ chain }) => chain ?? []));
    return laid.map(({ severity, chain }) => {
      const steps = chain?.steps ?? defaultChains[severity];
      return {
        severity,
        steps: steps.map((step) => ({ ...step, personName: names.people.get(step.personId ?? '') ?? null })),
        origin: !chain ? 'default' : chain.areaId === areaId ? 'own' : 'inherited',
        areaId: chain?.areaId ?? null,
        areaName: names.areas.get(chain?.areaId ?? '') ?? null,
        updatedAt: chain?.updatedAt.toISOString() ?? null,
        updatedBy: names.people.get(chain?.updatedBy ?? '') ?? null,
      };
    });
  }

  private async names(chains: readonly StoredChain[]) {
    const personIds = chains.flatMap(({ updatedBy, steps }) => [updatedBy, ...steps.map((step) => step.personId)]);
    const ids = [...new Set(personIds.filter((id) => id !== null))];
    const areaIds = chains.map(({ areaId }) => areaId);
    const people = ids.length
      ? await this.db.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute()
      : [];
    const areas = areaIds.length
      ? await this.db
          .selectFrom('areas')
          .select(['id', placeName.as('name')])
          .where('id', 'in', areaIds)
          .execute()
      : [];
    return {
      people: new Map(people.map(({ id, name }) => [id, name])),
      areas: new Map(areas.map(({ id, name }) => [id, name])),
    };
  }
}
