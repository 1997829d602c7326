import type { ChainStep, Severity } from '@sc/contracts';
import type { Row } from '@sc/platform/database';
import { askTeam, callEveryone, defaultChains } from './default-chains.js';

export type StoredChain = Row<'escalationChains'>;

/** What of an order decides which chain it goes along. */
export interface ChainCase {
  severity: Severity;
  /** Ids from the root down to the place. */
  path: readonly string[];
  /** Whose work it is, where it is not the officer's of the grid. */
  teamId: string | null;
  /** Danger to life: everyone on shift is called at once, whatever the chain says. */
  lifeSafety: boolean;
}

/** Chains as they are laid down, looked up without the database. */
export class ChainBook {
  private readonly chains: ReadonlyMap<string, StoredChain>;

  constructor(chains: readonly StoredChain[]) {
    this.chains = new Map(chains.map((chain) => [keyOf(chain), chain]));
  }

  /** The chain of the nearest area that has one for this severity; `undefined`: the default holds. */
  laidDown(path: readonly string[], severity: Severity): StoredChain | undefined {
    for (const areaId of path.toReversed()) {
      const chain = this.chains.get(keyOf({ areaId, severity }));
      if (chain) return chain;
    }
    return undefined;
  }

  /**
   * The steps an order goes along. A team's own work is first asked of the team, and of nobody's team none; danger to life
   * calls everyone first. Both are promises of the platform: a chain can say more, never less.
   */
  stepsFor({ severity, path, teamId, lifeSafety }: ChainCase): ChainStep[] {
    const laid = this.laidDown(path, severity)?.steps ?? [...defaultChains[severity]];
    const ofTeam = teamId === null ? laid.filter(({ who }) => who !== 'team') : withFirst(laid, askTeam);
    if (!lifeSafety) return ofTeam;
    if (ofTeam[0]?.who === callEveryone.who) return ofTeam;
    return [callEveryone, ...ofTeam.filter(({ who }) => who !== callEveryone.who)];
  }
}

const keyOf = ({ areaId, severity }: Pick<StoredChain, 'areaId' | 'severity'>) => `${severity} ${areaId}`;

const withFirst = (steps: ChainStep[], first: ChainStep): ChainStep[] =>
  steps.some(({ who }) => who === first.who) ? steps : [first, ...steps];
