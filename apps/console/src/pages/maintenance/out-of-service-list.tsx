import type { OutOfService } from '@sc/contracts';
import { App, Button, Popconfirm } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { useMay } from '../../app/session.js';
import { SiteTime } from '../../components/age.js';
import { Calm } from '../../components/query-state.js';
import { usePlace } from '../../lib/use-place.js';
import { useProblemText, useText } from '../../lib/use-words.js';

export function OutOfServiceList({ items }: { items: OutOfService[] }) {
  const { t } = useTranslation('silences');
  const text = useText();
  const place = usePlace();
  const mayReturn = useMay('admin', 'manager');
  if (items.length === 0) return <Calm good title={t('out.none')} text={t('out.noneText')} />;
  return (
    <ul className="windows" aria-label={t('out.title')}>
      {items.map((one) => (
        <li key={one.id}>
          <div className="window-what">
            <strong>
              <Link to={`/devices/${one.deviceId}`}>{one.deviceName}</Link> ·{' '}
              {one.ruleTitle ? text(one.ruleTitle) : t('out.everyRule')}
            </strong>
            <span>{place(one.areaId, one.areaName)}</span>
            <span>{one.reason}</span>
            <span className="muted">
              {t('out.since')} <SiteTime at={one.takenAt} /> · {t('by', { name: one.takenBy })}
            </span>
          </div>
          <div className="window-side">{mayReturn && <GiveBack id={one.id} />}</div>
        </li>
      ))}
    </ul>
  );
}

function GiveBack({ id }: { id: string }) {
  const { t } = useTranslation('silences');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const give = useMutation({
    mutationFn: () => api.returnToService(id),
    onError: (error) => void message.error(problemText(error).line),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: keys.maintenance });
      void queries.invalidateQueries({ queryKey: keys.allAlarms });
    },
  });
  return (
    <Popconfirm title={t('out.confirm')} onConfirm={() => give.mutate()}>
      <Button loading={give.isPending}>{t('out.giveBack')}</Button>
    </Popconfirm>
  );
}
