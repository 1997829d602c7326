import type { Locale, Text } from '@sc/contracts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem.js';
import { durationOf } from './duration.js';
import { mistakeText, type ProblemMistake, toldOf } from './problem-text.js';

/** A bilingual text in the language of the reader. */
export function useText(): (text: Text) => string {
  const { i18n } = useTranslation();
  return useCallback((text: Text) => text[i18n.language as Locale] ?? text.en, [i18n.language]);
}

export function useDuration(): (ms: number) => string {
  const { t } = useTranslation();
  return useCallback(
    (ms: number) => {
      const span = durationOf(ms);
      if (span.unit === 'hours') return t('age.hours', span.values);
      if (span.unit === 'days') return t('age.days', span.values);
      return t(`age.${span.unit}`, span.values);
    },
    [t],
  );
}

/** A size in the largest unit that fits. */
export function useBytes(): (bytes: number) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (bytes: number) => {
      const number = (n: number) =>
        new Intl.NumberFormat(i18n.language, { maximumFractionDigits: n < 10 ? 1 : 0 }).format(n);
      if (bytes < 1000) return t('size.bytes', { n: number(bytes) });
      if (bytes < 1e6) return t('size.kilobytes', { n: number(bytes / 1e3) });
      if (bytes < 1e9) return t('size.megabytes', { n: number(bytes / 1e6) });
      return t('size.gigabytes', { n: number(bytes / 1e9) });
    },
    [t, i18n.language],
  );
}

/** One mistake in a request, in the language of the reader where the platform has words for people. */
export function useMistakeText(): (mistake: ProblemMistake) => string {
  const textOf = useText();
  return useCallback((mistake) => mistakeText(mistake, textOf), [textOf]);
}

interface ProblemText {
  title: string;
  /** What the platform added to it: the reason, and where in the request. */
  detail?: string;
  correlation?: string;
  /** Where only one sentence has room: the reason, or the title where there is none. */
  line: string;
}

/** What a failure is called, and what the platform added to it. */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t } = useTranslation();
  const textOf = useText();
  return useCallback(
    (error: unknown) => {
      const problem = asProblem(error);
      const title = t(`problem.${problem.code}`);
      const { reason, where } = toldOf(problem, textOf);
      return {
        title,
        detail: [reason, where].filter(Boolean).join(' · ') || undefined,
        correlation: problem.correlationId && t('correlation', { id: problem.correlationId }),
        line: (problem.text && reason) || title,
      };
    },
    [t, textOf],
  );
}
