import { ConfigProvider } from 'antd-mobile';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { keys } from '../api/keys.js';
import { useLiveState } from '../api/live.js';
import { sessionQuery } from '../api/session.js';
import { usePerson } from '../app/session.js';
import { moreTexts } from '../i18n/index.js';
import { fieldAreasQuery, fieldMessagesQuery } from './cached.js';
import { useCopiesAhead } from './copies-ahead.js';
import './imperative-render.js';
import { OutboxProvider, useOutbox } from './outbox.js';
import { FieldTabs } from './tabs.js';
import { useInstalled } from './use-installed.js';
import { useKitLocale } from './use-kit-locale.js';
import { useStillness } from './use-stillness.js';

const InitialPassword = lazy(async () => {
  const [{ InitialPassword }] = await Promise.all([import('../app/initial-password.js'), moreTexts()]);
  return { default: InitialPassword };
});

export function FieldShell() {
  const locale = useKitLocale();
  useStillness();
  useInstalled();
  return (
    <ConfigProvider {...(locale ? { locale } : {})}>
      <OutboxProvider>
        <Frame />
      </OutboxProvider>
    </ConfigProvider>
  );
}

function Frame() {
  const { t } = useTranslation('field');
  const { connection } = useLiveState();
  const waiting = useOutbox().items.length;
  const me = usePerson();
  const notifications = useQuery(fieldMessagesQuery(me.id)).data?.value ?? [];
  // On the phone before the dead spot: one's orders, where places lie, and what may be reported around the own one.
  useCopiesAhead(me.id);
  useQuery(fieldAreasQuery(me.id));
  const unread = notifications.filter((n) => !n.readAt).length;
  // Only looks on: asking anew when it appears would, without a network, throw the gate back to "loading" for ever.
  const session = useQuery({ ...sessionQuery, refetchOnMount: false, retryOnMount: false });
  // It stays to say that it is done.
  const [asksPassword, setAsksPassword] = useState(false);
  if (session.data?.passwordInitial && !asksPassword) setAsksPassword(true);
  const queries = useQueryClient();
  useEffect(
    () =>
      void import('./categories.js').then(
        ({ fieldCategoriesQuery }) => queries.prefetchQuery(fieldCategoriesQuery(me.areaId)),
        () => undefined,
      ),
    [me.areaId, queries],
  );
  const caughtUp = useRef(false);
  useEffect(() => {
    if (connection !== 'live' || caughtUp.current) return;
    caughtUp.current = true;
    // What was asked before the stream stood may have changed in between, and nobody told of it.
    void queries.invalidateQueries({ queryKey: keys.allWorkOrders });
  }, [connection, queries]);
  return (
    <div className="field">
      {connection === 'reconnecting' && (
        <div className="field-offline" role="status">
          {t('offline')}
        </div>
      )}
      <main className="field-content">
        {asksPassword && (
          <Suspense fallback={null}>
            <InitialPassword />
          </Suspense>
        )}
        <Outlet />
      </main>
      <FieldTabs waiting={waiting} unread={unread} />
    </div>
  );
}
