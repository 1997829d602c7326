import { Button } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryApi, dutyKeys, leaveQuery, overridesQuery } from '../../api/directory.js';
import { SiteTime } from '../../components/age.js';
import { Panel } from '../../components/page.js';
import { ProblemAlert, QueryState } from '../../components/query-state.js';
import { usePlace } from '../../lib/use-place.js';

/** Who is away in the week that is shown, and who stands in for whom. */
export function AwayPanel({ from, to, mayPlan }: { from: string; to: string; mayPlan: boolean }) {
  const { t } = useTranslation('directory');
  const place = usePlace();
  const leave = useQuery(leaveQuery({ from, to }));
  const overrides = useQuery(overridesQuery({ from, to }));
  return (
    <div className="columns columns-even">
      <Panel title={t('leave.title')}>
        <QueryState query={leave}>
          {({ items }) => (
            <ul className="plain-list">
              {items.length === 0 && <li className="muted">{t('leave.none')}</li>}
              {items.map(({ id, personName, startsAt, endsAt, kind }) => (
                <Line
                  key={id}
                  remove={mayPlan ? () => directoryApi.removeLeave(id) : undefined}
                  label={t('leave.remove')}
                >
                  <strong>{personName}</strong> {kind && <span className="muted">{t(`leave.kinds.${kind}`)}</span>}
                  <br />
                  <SiteTime at={startsAt} /> – <SiteTime at={endsAt} />
                </Line>
              ))}
            </ul>
          )}
        </QueryState>
      </Panel>
      <Panel title={t('standIn.title')}>
        <QueryState query={overrides}>
          {({ items }) =>
            items.length === 0 ? (
              <span className="muted">{t('standIn.none')}</span>
            ) : (
              <ul className="plain-list">
                {items.map(({ id, personName, substituteName, areaId, startsAt, endsAt }) => (
                  <Line
                    key={id}
                    remove={mayPlan ? () => directoryApi.removeOverride(id) : undefined}
                    label={t('standIn.remove')}
                  >
                    <strong>{t('standIn.line', { substitute: substituteName, person: personName })}</strong>{' '}
                    <span className="muted">{place(areaId)}</span>
                    <br />
                    <SiteTime at={startsAt} /> – <SiteTime at={endsAt} />
                  </Line>
                ))}
              </ul>
            )
          }
        </QueryState>
      </Panel>
    </div>
  );
}

function Line({
  children,
  label,
  remove,
}: {
  children: ReactNode;
  label: string;
  remove?: (() => Promise<void>) | undefined;
}) {
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: async () => remove?.(),
    onSuccess: async () => {
      await Promise.all(dutyKeys.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  return (
    <li>
      {children}{' '}
      {remove && (
        <Button size="small" type="link" danger loading={run.isPending} onClick={() => run.mutate()}>
          {label}
        </Button>
      )}
      {run.error && <ProblemAlert error={run.error} />}
    </li>
  );
}
