import { ConfigProvider, TabBar } from 'antd-mobile';
import enUS from 'antd-mobile/es/locales/en-US';
import zhCN from 'antd-mobile/es/locales/zh-CN';
import { BellOutline, CheckShieldOutline, LoopOutline, UploadOutline, UserOutline } from 'antd-mobile-icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { useLiveState } from '../api/live.js';
import { InitialPassword } from '../app/initial-password.js';
import { usePerson } from '../app/session.js';
import { useReducedMotion } from '../lib/reduced-motion.js';
import '../styles/field.css';
import { fieldAreasQuery, fieldCategoriesQuery, fieldMessagesQuery } from './cached.js';
import './imperative-render.js';
import { OutboxProvider, useOutbox } from './outbox.js';
import { RoundActsProvider, useRoundActs } from './rounds/acts.js';

export function FieldShell() {
  const { i18n } = useTranslation();
  const still = useReducedMotion();
  useEffect(() => {
    if (!still) return;
    const motion = import('./motion.js');
    void motion.then(
      ({ reduceMotion }) => reduceMotion(),
      () => undefined,
    );
    return () =>
      void motion.then(
        ({ restoreMotion }) => restoreMotion(),
        () => undefined,
      );
  }, [still]);
  useEffect(() => {
    if (import.meta.env.PROD && 'serviceWorker' in navigator)
      navigator.serviceWorker.register('/sw.js', { scope: '/field' }).catch(() => undefined);
  }, []);
  return (
    <ConfigProvider locale={i18n.language === 'zh-CN' ? zhCN : enUS}>
      <OutboxProvider>
        <RoundActsProvider>
          <Frame />
        </RoundActsProvider>
      </OutboxProvider>
    </ConfigProvider>
  );
}

function Frame() {
  const { t } = useTranslation(['field', 'rounds']);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { connection } = useLiveState();
  const waiting = useOutbox().items.length + useRoundActs().items.length;
  const me = usePerson();
  const notifications = useQuery(fieldMessagesQuery(me.id)).data?.value ?? [];
  // On the phone before the dead spot: where places lie, and what may be reported around the own one.
  useQuery(fieldAreasQuery(me.id));
  useQuery(fieldCategoriesQuery(me.areaId));
  const unread = notifications.filter((n) => !n.readAt).length;
  const tab = pathname.startsWith('/field/orders') ? '/field' : pathname.replace(/^(\/field\/rounds)\/.*/, '$1');
  const count = (n: number) => (n > 0 ? (n > 99 ? '99+' : String(n)) : null);
  return (
    <div className="field">
      {connection === 'reconnecting' && (
        <div className="field-offline" role="status">
          {t('offline')}
        </div>
      )}
      <main className="field-content">
        <InitialPassword />
        <Outlet />
      </main>
      <nav className="field-tabs">
        <TabBar activeKey={tab} onChange={(key) => void navigate(key)} safeArea>
          <TabBar.Item key="/field" title={t('orders')} icon={<CheckShieldOutline />} />
          <TabBar.Item key="/field/rounds" title={t('rounds:field.tab')} icon={<LoopOutline />} />
          <TabBar.Item key="/field/waiting" title={t('waiting')} icon={<UploadOutline />} badge={count(waiting)} />
          <TabBar.Item key="/field/messages" title={t('notifications')} icon={<BellOutline />} badge={count(unread)} />
          <TabBar.Item key="/field/me" title={t('me')} icon={<UserOutline />} />
        </TabBar>
      </nav>
    </div>
  );
}
