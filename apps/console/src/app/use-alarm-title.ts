import { isLifeSafety } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { openAlarmsQuery } from '../api/queries.js';
import { useReducedMotion } from '../lib/reduced-motion.js';
import { wantsAcknowledge } from '../pages/alarms/wants-acknowledge.js';

const flashMs = 1_000;

/** The name of the page with what waits for somebody; danger to life flashes there, for who looks at another window. */
export function useAlarmTitle(title: string): number {
  const { t } = useTranslation(['app', 'control']);
  const still = useReducedMotion();
  const waiting = useQuery(openAlarmsQuery).data?.items.filter(wantsAcknowledge) ?? [];
  const unseen = waiting.length;
  const danger = waiting.filter(({ severity }) => isLifeSafety(severity)).length;
  const calm = `${unseen > 0 ? `(${unseen}) ` : ''}${title} · ${t('name')}`;
  const loud = t('control:list.dangerTitle', { count: danger });
  useEffect(() => {
    document.title = calm;
    if (danger === 0) return;
    if (still) {
      document.title = `${loud} · ${calm}`;
      return;
    }
    let on = false;
    const timer = setInterval(() => {
      on = !on;
      document.title = on ? loud : calm;
    }, flashMs);
    return () => clearInterval(timer);
  }, [calm, loud, danger, still]);
  return unseen;
}
