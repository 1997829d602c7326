import { type FleetCounts, type FleetProblem, fleetProblems } from '@sc/contracts';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from './use-problem-words.js';
import type { FleetFilter } from './use-fleet-filter.js';

interface Props {
  counts: FleetCounts;
  problem: FleetFilter['problem'];
  onProblem: (problem: FleetProblem | 'none' | undefined) => void;
}

/** One tile for each problem with how many devices have it; pressing it lists them. */
export function Counts({ counts, problem, onProblem }: Props) {
  const { t } = useTranslation('fleet');
  const words = useProblemWords();
  const tile = (key: FleetProblem | 'none' | undefined, name: string, count: number, hot: boolean) => (
    <button
      key={name}
      type="button"
      className={`fleet-tile${hot && count > 0 ? ' fleet-tile-hot' : ''}`}
      aria-pressed={problem === key}
      onClick={() => onProblem(problem === key ? undefined : key)}
    >
      <strong>{count}</strong>
      <span>{name}</span>
    </button>
  );
  return (
    <div className="fleet-tiles">
      {tile(undefined, t('devices'), counts.devices, false)}
      {tile('none', t('well'), counts.well, false)}
      {fleetProblems.map((one) => (
        <Tooltip key={one} title={words.meaning(one)}>
          {tile(one, words.name(one), counts.problems[one], true)}
        </Tooltip>
      ))}
    </div>
  );
}
