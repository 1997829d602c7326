import { fleetLimits, type FleetProblem, lowBatteryPercent, sleepingLabel, weakSignalPercent } from '@sc/contracts';
import { useTranslation } from 'react-i18next';

/** What a problem is called, and what it means in the numbers that the platform judges by. */
export function useProblemWords() {
  const { t } = useTranslation('fleet');
  const numbers = {
    minutes: fleetLimits.offlineMs / 60_000,
    hours: fleetLimits.withinMs / 3_600_000,
    losses: fleetLimits.losses,
    letters: fleetLimits.deadLetters,
    battery: lowBatteryPercent,
    signal: weakSignalPercent,
    label: sleepingLabel,
  };
  return {
    name: (problem: FleetProblem) => t(`problem.${problem}`),
    meaning: (problem: FleetProblem) => t(`meaning.${problem}`, numbers),
  };
}
