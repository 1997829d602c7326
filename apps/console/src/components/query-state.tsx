import { Alert, Button, Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem.js';
import { useProblemText } from '../lib/use-words.js';

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** Every page's four states in one place: loading, refused or failed, old data with a failure, data. */
export function QueryState<T>({ query, children }: { query: QueryLike<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined)
    return (
      <>
        {Boolean(query.error) && <ProblemAlert error={query.error} onRetry={() => query.refetch()} />}
        {children(query.data)}
      </>
    );
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => query.refetch()} />;
  return <Skeleton active paragraph={{ rows: 6 }} className="panel panel-pad" />;
}

export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const { title, detail, correlation } = useProblemText()(error);
  const retry = onRetry && problem.code !== 'forbidden' && problem.code !== 'not-found';
  return (
    <Alert
      role="alert"
      showIcon
      type={problem.code === 'forbidden' ? 'warning' : 'error'}
      title={title}
      description={
        (detail || correlation) && (
          <>
            {detail && <div>{detail}</div>}
            {correlation && <div className="muted">{correlation}</div>}
          </>
        )
      }
      action={
        retry && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    />
  );
}

/** Nothing there, said calmly: what it means and what happens next. */
export function Calm({ title, text, good = false }: { title: string; text?: string; good?: boolean }) {
  return (
    <div className="calm" role="status">
      {good ? (
        <svg width={48} height={48} viewBox="0 0 48 48" aria-hidden>
          <circle cx={24} cy={24} r={21} fill="none" stroke="var(--sc-ok)" strokeWidth={3} />
          <path d="M14 24.5l7 7 13-14" fill="none" stroke="var(--sc-ok)" strokeWidth={3.5} strokeLinecap="round" />
        </svg>
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={null} />
      )}
      <strong>{title}</strong>
      {text && <span className="muted">{text}</span>}
    </div>
  );
}
