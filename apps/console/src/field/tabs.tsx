import { BellOutline, CheckShieldOutline, LoopOutline, UploadOutline, UserOutline } from 'antd-mobile-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';

/** The five places of the app, where a thumb is. Links, so that each opens also before all else has come. */
export function FieldTabs({ waiting, unread }: { waiting: number; unread: number }) {
  const { t } = useTranslation('field');
  const atOrders = useLocation().pathname.startsWith('/field/orders');
  return (
    <nav className="field-tabs" aria-label={t('navigation')}>
      <Tab to="/field" isHere={atOrders} label={t('orders')} icon={<CheckShieldOutline />} />
      <Tab to="/field/rounds" label={t('roundsTab')} icon={<LoopOutline />} />
      <Tab to="/field/waiting" label={t('waiting')} icon={<UploadOutline />} count={waiting} />
      <Tab to="/field/messages" label={t('notifications')} icon={<BellOutline />} count={unread} />
      <Tab to="/field/me" label={t('me')} icon={<UserOutline />} />
    </nav>
  );
}

interface Props {
  to: string;
  label: string;
  icon: ReactNode;
  count?: number;
  /** Also on a page of its own address. */
  isHere?: boolean;
}

function Tab({ to, label, icon, count = 0, isHere = false }: Props) {
  return (
    <NavLink
      to={to}
      end={to === '/field'}
      className={({ isActive }) => (isActive || isHere ? 'field-tab field-tab-here' : 'field-tab')}
    >
      <span className="field-tab-icon" aria-hidden>
        {icon}
      </span>
      <span>{label}</span>
      {count > 0 && <span className="field-tab-count">{count > 99 ? '99+' : count}</span>}
    </NavLink>
  );
}
