import type { AnswerRound, ScanCheckPoint, Text } from '@sc/contracts';
import Dexie, { type EntityTable } from 'dexie';

interface Kept {
  requestId: string;
  personId: string;
  createdAt: number;
  /** `refused`: the platform said no; a person has to look. */
  state: 'waiting' | 'refused';
  problem?: string;
}
/** Something done on a round, kept until the platform has answered. */
export type RoundAct = Kept &
  (
    | { kind: 'scan'; body: ScanCheckPoint; roundId?: string; checkPointId?: string }
    | { kind: 'answers'; body: AnswerRound; roundId: string; place: Text }
  );

class RoundDatabase extends Dexie {
  acts!: EntityTable<RoundAct, 'requestId'>;

  constructor() {
    super('sc-rounds');
    this.version(1).stores({ acts: 'requestId, personId, createdAt' });
  }
}

export const roundDb = new RoundDatabase();
