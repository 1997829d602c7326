import { type EscalationChain, severities } from '@sc/contracts';
import { defaultChains } from '../../../libs/features/escalation/default-chains.js';

/** The defaults, but what was laid down for severe at the place itself and for minor above it. */
export const someChains = (at: string): EscalationChain[] =>
  severities.map((severity) => {
    const origin = severity === 'severe' ? 'own' : severity === 'minor' ? 'inherited' : 'default';
    const first = { who: 'team', personId: null, waitMinutes: 5, times: 2 } as const;
    const steps = origin === 'own' ? [first, ...defaultChains[severity]] : defaultChains[severity];
    const laidDown = origin !== 'default';
    return {
      severity,
      steps: steps.map((step) => ({ ...step, personName: null })),
      origin,
      areaId: laidDown ? 'sunny' : null,
      areaName: laidDown ? { 'zh-CN': '阳光社区', en: 'Sunny community' } : null,
      updatedAt: laidDown ? at : null,
      updatedBy: laidDown ? '刘建国' : null,
    };
  });
