import type { Rotation } from '@sc/contracts';
import { Button, Popconfirm } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryApi, dutyKeys, rotationsQuery } from '../../api/directory.js';
import { useMay } from '../../app/session.js';
import { Panel } from '../../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../../components/query-state.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { fitsForm, RotationForm } from './rotation-form.js';
import { lettersOf } from './rotation-letters.js';

export function RotationsPanel({ today, mayPlan }: { today: string; mayPlan: boolean }) {
  const { t } = useTranslation('directory');
  const query = useQuery({ ...rotationsQuery, enabled: useMay('admin', 'operator', 'manager') });
  const [open, setOpen] = useState<Rotation | 'new'>();
  return (
    <Panel
      title={t('rotations.title')}
      extra={mayPlan && <Button onClick={() => setOpen('new')}>{t('rotations.add')}</Button>}
    >
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Calm title={t('rotations.none')} text={t('rotations.noneText')} />
          ) : (
            <ul className="plain-list stack">
              {items.map((rotation) => (
                <Line key={rotation.id} rotation={rotation} onEdit={mayPlan ? () => setOpen(rotation) : undefined} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {open && (
        <RotationForm
          rotation={open === 'new' ? undefined : open}
          firstDay={today}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Panel>
  );
}

function Line({ rotation, onEdit }: { rotation: Rotation; onEdit?: (() => void) | undefined }) {
  const { t } = useTranslation(['directory', 'app']);
  const place = usePlace();
  const { format } = useSiteTime();
  const queries = useQueryClient();
  const { plan } = rotation;
  const remove = useMutation({
    mutationFn: () => directoryApi.removeRotation(rotation.id),
    onSuccess: async () => {
      await Promise.all(dutyKeys.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const how =
    plan.kind === 'turns'
      ? t('rotations.turnsText', {
          count: plan.turnDays,
          hours: plan.hours.map(({ from, to }) => `${from}–${to}`).join(', '),
        })
      : t('rotations.patternText', { days: lettersOf(plan.days), count: plan.offsetDays });
  return (
    <li>
      <strong>{rotation.name}</strong> <span className="muted">{place(rotation.areaId)}</span>
      <div>{rotation.members.map(({ name }) => name).join(' → ')}</div>
      <div className="muted">
        {how} · {t('rotations.until', { day: format(rotation.plannedUntil, 'day') })}
      </div>
      {onEdit && !fitsForm(rotation) && <div className="muted">{t('rotations.byApi')}</div>}
      {onEdit && (
        <div className="row-wrap">
          {fitsForm(rotation) && (
            <Button size="small" onClick={onEdit}>
              {t('rotations.edit')}
            </Button>
          )}
          <Popconfirm
            title={t('rotations.removeText')}
            okText={t('rotations.remove')}
            cancelText={t('app:cancel')}
            onConfirm={() => remove.mutate()}
          >
            <Button size="small" danger loading={remove.isPending}>
              {t('rotations.remove')}
            </Button>
          </Popconfirm>
        </div>
      )}
      {remove.error && <ProblemAlert error={remove.error} />}
    </li>
  );
}
