import type { EscalationChain } from '@sc/contracts';
import { useTranslation } from 'react-i18next';

type Step = EscalationChain['steps'][number];

/** A chain to read: one line for each step. */
export function ChainSteps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation('assignment');
  const often = ({ times }: Step, isLast: boolean) =>
    isLast
      ? t('chains.untilAccepted')
      : times === null
        ? t('chains.everybodyOnce')
        : t('chains.attempts', { count: times });
  return (
    <ol className="chain">
      {steps.map((step, index) => (
        <li key={index}>
          <strong>{step.who === 'person' ? (step.personName ?? t('who.person')) : t(`who.${step.who}`)}</strong>
          <span className="muted">
            {often(step, index === steps.length - 1)} ·{' '}
            {step.waitMinutes === null ? t('chains.waitKind') : t('chains.waitMinutes', { count: step.waitMinutes })}
          </span>
        </li>
      ))}
    </ol>
  );
}
