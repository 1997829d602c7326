import { Button } from 'antd-mobile';
import { useLayoutEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSiteTime } from '../lib/site-time.js';
import { useProblemText } from '../lib/use-words.js';
import { endFirstPaint } from './first-paint/end.js';

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

export function FieldState<T>({ query, children }: { query: QueryLike<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const isSettled = query.data !== undefined || Boolean(query.error);
  useLayoutEffect(() => {
    // In the same moment: neither both nor nothing is seen.
    if (isSettled) endFirstPaint();
  }, [isSettled]);
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (!query.error)
    return (
      <div className="plain" role="status">
        <span className="plain-spinner" aria-hidden />
        <p>{t('loading')}</p>
      </div>
    );
  const { title, detail } = problemText(query.error);
  return (
    <div className="plain" role="alert">
      <h1>{title}</h1>
      {detail && <p className="muted">{detail}</p>}
      <Button onClick={() => void query.refetch()}>{t('retry')}</Button>
    </div>
  );
}

export function FieldCalm({ title, text }: { title: string; text?: string }) {
  return (
    <div className="plain" role="status">
      <svg width={52} height={52} viewBox="0 0 48 48" aria-hidden>
        <circle cx={24} cy={24} r={21} fill="none" stroke="var(--sc-ok)" strokeWidth={3} />
        <path d="M14 24.5l7 7 13-14" fill="none" stroke="var(--sc-ok)" strokeWidth={3.5} strokeLinecap="round" />
      </svg>
      <h1>{title}</h1>
      {text && <p className="muted">{text}</p>}
    </div>
  );
}

/** Says when what one sees is the phone's own copy. */
export function CopyNote({ from }: { from?: number }) {
  const { t } = useTranslation('field');
  const { format } = useSiteTime();
  return from === undefined ? null : <p className="field-copy">{t('cached', { time: format(from) })}</p>;
}
