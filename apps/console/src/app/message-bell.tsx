import { BellOutlined } from '@ant-design/icons';
import type { Notification } from '@sc/contracts';
import { App, Badge, Button, Popover } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { keys } from '../api/keys.js';
import { notificationsQuery } from '../api/queries.js';
import { api } from '../api/resources.js';
import { SiteTime } from '../components/age.js';
import { useText } from '../lib/use-words.js';
import '../styles/channels.css';

/** So many come on the screen at once, beside all that are about danger to life; the others are in the bell. */
const mostShown = 3;

/** What I was told in the app: the record, and a word about what is new, unless it came in quiet hours or in a flood. */
export function MessageBell() {
  const { t } = useTranslation('channels');
  const [open, setOpen] = useState(false);
  const items = useQuery(notificationsQuery).data?.items;
  const unread = items?.filter((one) => !one.readAt) ?? [];
  useAnnounced(items);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      rootClassName="bell-popover"
      placement="bottomRight"
      content={<Messages items={items ?? []} unread={unread} onDone={() => setOpen(false)} />}
    >
      <Badge count={unread.length} size="small" offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={t('bell.open', { count: unread.length })} />
      </Badge>
    </Popover>
  );
}

function Messages({
  items,
  unread,
  onDone,
}: {
  items: readonly Notification[];
  unread: readonly Notification[];
  onDone: () => void;
}) {
  const { t } = useTranslation(['channels', 'words']);
  const text = useText();
  const read = useRead();
  return (
    <section className="bell-messages" aria-label={t('bell.title')}>
      {unread.length > 0 && (
        <Button size="small" loading={read.isPending} onClick={() => read.mutate(unread.map(({ id }) => id))}>
          {t('bell.read')}
        </Button>
      )}
      {items.length === 0 && <p className="muted">{t('bell.none')}</p>}
      <ul>
        {items.map((one) => (
          <li key={one.id} className={one.readAt ? 'bell-read' : 'bell-new'}>
            <Link
              to={pathOf(one)}
              onClick={() => {
                if (!one.readAt) read.mutate([one.id]);
                onDone();
              }}
            >
              <strong>{t(`words:notification.${one.kind}`)}</strong>
              {one.title && <span>{text(one.title)}</span>}
              <span className="muted">
                {one.workOrderNumber} <SiteTime at={one.createdAt} style="minute" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {items.length >= 50 && <p className="muted">{t('bell.more')}</p>}
    </section>
  );
}

/** A word about what came while this page was open. */
function useAnnounced(items: readonly Notification[] | undefined): void {
  const { t } = useTranslation(['channels', 'words']);
  const { notification } = App.useApp();
  const text = useText();
  const navigate = useNavigate();
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (!items) return;
    const before = known.current;
    known.current = new Set(items.map(({ id }) => id));
    if (!before) return;
    const fresh = items.filter((one) => !before.has(one.id) && !one.quiet && !one.readAt);
    const others = fresh.filter((one) => !callsForHelp(one)).slice(0, mostShown);
    for (const one of [...fresh.filter(callsForHelp), ...others].toReversed()) {
      const isDanger = callsForHelp(one);
      notification.open({
        key: one.id,
        type: isDanger ? 'error' : 'info',
        // danger stays until somebody has seen it
        ...(isDanger ? { duration: 0 } : {}),
        title: t(`words:notification.${one.kind}`),
        description: one.title && text(one.title),
        placement: 'bottomRight',
        actions: (
          <Button
            size="small"
            onClick={() => {
              notification.destroy(one.id);
              void navigate(pathOf(one));
            }}
          >
            {t('bell.look')}
          </Button>
        ),
      });
    }
  }, [items, navigate, notification, t, text]);
}

function useRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) => Promise.all(ids.map((id) => api.readNotification(id))),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.notifications }),
  });
}

const callsForHelp = ({ kind }: Notification): boolean => kind === 'life-safety-call';

const pathOf = ({ workOrderId, roundId }: Notification): string =>
  workOrderId ? `/work-orders/${workOrderId}` : roundId ? `/rounds/${roundId}` : '/';
