import type { MaintenanceWindow } from '@sc/contracts';
import { App, Button, Popconfirm } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { keys } from '../../api/keys.js';
import { useDomains } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { Calm } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useProblemText, useText } from '../../lib/use-words.js';

const tones = { planned: 'quiet', running: 'warm', over: 'good' } as const;

export function WindowList({ windows, all, mayEnd }: { windows: MaintenanceWindow[]; all: boolean; mayEnd: boolean }) {
  const { t } = useTranslation('silences');
  if (windows.length === 0)
    return <Calm title={t(all ? 'windows.noneEver' : 'windows.none')} text={t('windows.noneText')} />;
  return (
    <ul className="windows" aria-label={t('windows.running')}>
      {windows.map((window) => (
        <WindowRow key={window.id} window={window} mayEnd={mayEnd} />
      ))}
    </ul>
  );
}

function WindowRow({ window, mayEnd }: { window: MaintenanceWindow; mayEnd: boolean }) {
  const { t } = useTranslation('silences');
  const text = useText();
  const place = usePlace();
  const domains = useDomains();
  const { format } = useSiteTime();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const end = useMutation({
    mutationFn: () => api.endMaintenanceWindow(window.id),
    onError: (error) => void message.error(problemText(error).line),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: keys.maintenance });
      void queries.invalidateQueries({ queryKey: keys.allAlarms });
    },
  });
  const domain = domains.find(({ name }) => name === window.domain);
  const subsystem = window.domain === null ? t('windows.everything') : domain ? text(domain.title) : window.domain;
  return (
    <li>
      <div className="row-wrap">
        <StateTag tone={tones[window.state]}>{t(`windows.states.${window.state}`)}</StateTag>
        {window.lifeSafety && <strong className="counts-hot">{t('windows.lifeSafety')}</strong>}
      </div>
      <div className="window-what">
        <strong>
          {window.deviceId ? (
            <Link to={`/devices/${window.deviceId}`}>{window.deviceName}</Link>
          ) : (
            `${place(window.areaId, window.areaName)} · ${subsystem}`
          )}
        </strong>
        <span>
          {format(window.startsAt)} – {format(window.endsAt)}
        </span>
        <span>{window.reason}</span>
        <span className="muted">
          {t('by', { name: window.createdBy })}
          {window.endedBy && ` · ${t('windows.endedBy', { name: window.endedBy })}`}
        </span>
      </div>
      <div className="window-side">
        {window.state === 'running' && (
          <span>
            {t('windows.silenced')}: <strong>{window.silencedAlarms}</strong>
          </span>
        )}
        {mayEnd && window.state !== 'over' && (
          <Popconfirm title={t('windows.endConfirm')} onConfirm={() => end.mutate()}>
            <Button loading={end.isPending}>{t('windows.end')}</Button>
          </Popconfirm>
        )}
      </div>
    </li>
  );
}
