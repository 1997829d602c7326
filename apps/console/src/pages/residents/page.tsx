import type { ResidentPlaceCode } from '@sc/contracts';
import { App, Button, Popconfirm, Switch } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { residentKeys, residentPlacesQuery, residentsApi } from '../../api/residents.js';
import { SiteTime } from '../../components/age.js';
import { AreaSelect } from '../../components/area-select.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { usePlace } from '../../lib/use-place.js';
import { useProblemText } from '../../lib/use-words.js';

/** Codes with which residents report: made, switched, renewed, printed. */
export function ResidentPlacesPage() {
  const { t } = useTranslation('residents');
  const places = useQuery(residentPlacesQuery);
  const [areaId, setAreaId] = useState<string>();
  const write = useWritePlace();
  const navigate = useNavigate();
  return (
    <Page
      title={t('places.title')}
      extra={
        (places.data?.items.length ?? 0) > 0 && (
          <Button onClick={() => void navigate('/resident-sheets')}>{t('places.print')}</Button>
        )
      }
    >
      <div className="stack">
        <span className="muted">{t('places.about')}</span>
        <Panel title={t('places.add')}>
          <div className="row-wrap">
            <AreaSelect
              // Empty again when a code was made.
              key={places.data?.items.length ?? 0}
              {...(areaId ? { value: areaId } : {})}
              onChange={setAreaId}
              placeholder={t('places.area')}
              label={t('places.area')}
              width={280}
            />
            <Button
              type="primary"
              disabled={!areaId || places.data?.items.some((one) => one.areaId === areaId)}
              loading={write.isPending}
              onClick={() =>
                write.mutate({ areaId: areaId!, reportsOpen: true }, { onSuccess: () => setAreaId(undefined) })
              }
            >
              {t('places.add')}
            </Button>
          </div>
        </Panel>
        <Panel title={t('places.list')}>
          <QueryState query={places}>
            {({ items }) =>
              items.length === 0 ? (
                <Calm title={t('places.none')} text={t('places.noneText')} />
              ) : (
                <ul className="windows" aria-label={t('places.list')}>
                  {items.map((place) => (
                    <PlaceRow key={place.areaId} place={place} />
                  ))}
                </ul>
              )
            }
          </QueryState>
        </Panel>
      </div>
    </Page>
  );
}

function PlaceRow({ place }: { place: ResidentPlaceCode }) {
  const { t } = useTranslation('residents');
  const nameOf = usePlace();
  const write = useWritePlace();
  const { areaId, reportsOpen, code } = place;
  const name = nameOf(areaId, place.areaName);
  return (
    <li>
      <div className="window-what">
        <strong>{name}</strong>
        <span>{t('places.recent', { count: place.recentReports })}</span>
        <span className="muted">
          {t('places.made')} <SiteTime at={place.madeAt} /> · <code>{code}</code>
        </span>
      </div>
      <div className="window-side row-wrap">
        <Switch
          aria-label={t('places.switch', { name })}
          checked={reportsOpen}
          loading={write.isPending}
          onChange={(checked) => write.mutate({ areaId, reportsOpen: checked })}
        />
        <span>{t(reportsOpen ? 'places.on' : 'places.off')}</span>
        <a href={`/r/${code}`} target="_blank" rel="noreferrer">
          {t('places.open')}
        </a>
        <Popconfirm
          title={t('places.renewConfirm')}
          onConfirm={() => write.mutate({ areaId, reportsOpen, renew: true })}
        >
          <Button>{t('places.renew')}</Button>
        </Popconfirm>
      </div>
    </li>
  );
}

function useWritePlace() {
  const { t } = useTranslation('residents');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: ({ areaId, reportsOpen, renew = false }: { areaId: string; reportsOpen: boolean; renew?: boolean }) =>
      residentsApi.writePlace(areaId, { reportsOpen, renew }),
    onSuccess: () => void message.success(t('places.saved')),
    onError: (error) => void message.error(problemText(error).line),
    onSettled: () => void queries.invalidateQueries({ queryKey: residentKeys.places }),
  });
}
