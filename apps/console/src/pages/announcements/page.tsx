import type { Announcement } from '@sc/contracts';
import { App, Button, Popconfirm } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announcementsQuery, residentKeys, residentsApi } from '../../api/residents.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useProblemText, useText } from '../../lib/use-words.js';
import '../../styles/residents.css';
import { AnnouncementForm } from './announcement-form.js';

const tones = { planned: 'quiet', shown: 'good', over: 'quiet' } as const;

/** What residents of an area are told, from when until when. */
export function AnnouncementsPage() {
  const { t } = useTranslation('residents');
  const announcements = useQuery(announcementsQuery);
  const [written, setWritten] = useState<Announcement | 'new'>();
  return (
    <Page
      title={t('announcements.title')}
      extra={
        <Button type="primary" onClick={() => setWritten('new')}>
          {t('announcements.add')}
        </Button>
      }
    >
      <Panel title={t('announcements.list')}>
        <QueryState query={announcements}>
          {({ items }) =>
            items.length === 0 ? (
              <Calm title={t('announcements.none')} text={t('announcements.noneText')} />
            ) : (
              <ul className="windows" aria-label={t('announcements.list')}>
                {items.map((one) => (
                  <Row key={one.id} one={one} onEdit={() => setWritten(one)} />
                ))}
              </ul>
            )
          }
        </QueryState>
      </Panel>
      {written && (
        <AnnouncementForm {...(written === 'new' ? {} : { before: written })} onClose={() => setWritten(undefined)} />
      )}
    </Page>
  );
}

function Row({ one, onEdit }: { one: Announcement; onEdit: () => void }) {
  const { t, i18n } = useTranslation('residents');
  const text = useText();
  const place = usePlace();
  const { format } = useSiteTime();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const remove = useMutation({
    mutationFn: () => residentsApi.removeAnnouncement(one.id),
    onError: (error) => void message.error(problemText(error).line),
    onSettled: () => void queries.invalidateQueries({ queryKey: residentKeys.announcements }),
  });
  return (
    <li>
      <div>
        <StateTag tone={tones[one.state]}>{t(`announcements.states.${one.state}`)}</StateTag>
      </div>
      <div className="window-what">
        <strong>{text(one.title)}</strong>
        <span className="announcement-words">{one.words[i18n.language === 'en' ? 'en' : 'zh-CN']}</span>
        <span>{place(one.areaId, one.areaName)}</span>
        <span className="muted">
          {format(one.beginsAt)} – {format(one.endsAt)} · {t('announcements.by', { name: one.madeBy })}
        </span>
      </div>
      <div className="window-side row-wrap">
        <Button onClick={onEdit}>{t('announcements.edit')}</Button>
        <Popconfirm title={t('announcements.removeConfirm')} onConfirm={() => remove.mutate()}>
          <Button danger loading={remove.isPending}>
            {t('announcements.remove')}
          </Button>
        </Popconfirm>
      </div>
    </li>
  );
}
