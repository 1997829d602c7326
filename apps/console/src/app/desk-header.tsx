import { BellOutlined, KeyOutlined, LogoutOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown, Layout, Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../api/live.js';
import { toServerTime, useNow, useSiteTime } from '../lib/site-time.js';
import { LocaleSwitch } from './locale-switch.js';
import { MessageBell } from './message-bell.js';
import { NotificationsDialog } from './notifications-dialog.js';
import { PasswordDialog } from './password-dialog.js';
import { useLogout, usePerson } from './session.js';
import { SoundControl } from './sound/sound-control.js';
import { setTheme, useTheme } from './theme.js';

export function DeskHeader({ menuButton }: { menuButton: ReactNode }) {
  const { t } = useTranslation(['app', 'words', 'site', 'channels']);
  const person = usePerson();
  const theme = useTheme();
  const logout = useLogout();
  const [changing, setChanging] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const next = theme === 'dark' ? 'light' : 'dark';
  return (
    <Layout.Header className="desk-header">
      {menuButton}
      <LiveBadge />
      <span className="desk-header-gap" />
      <SoundControl />
      <Clock />
      <MessageBell />
      <LocaleSwitch />
      <Tooltip title={t(`theme.${next}`)}>
        <Button
          type="text"
          icon={theme === 'dark' ? <SunOutlined /> : <MoonOutlined />}
          aria-label={t(`theme.${next}`)}
          onClick={() => setTheme(next)}
        />
      </Tooltip>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'role', disabled: true, label: `${person.name} · ${t(`words:role.${person.role}`)}` },
            { type: 'divider' },
            {
              key: 'notifications',
              icon: <BellOutlined />,
              label: t('channels:own.title'),
              onClick: () => setChoosing(true),
            },
            {
              key: 'password',
              icon: <KeyOutlined />,
              label: t('site:password.title'),
              onClick: () => setChanging(true),
            },
            { key: 'logout', icon: <LogoutOutlined />, label: t('logout'), onClick: () => void logout() },
          ],
        }}
      >
        <Button type="text" icon={<UserOutlined />} aria-label={person.name}>
          <span className="desk-person">{person.name}</span>
        </Button>
      </Dropdown>
      {choosing && <NotificationsDialog onClose={() => setChoosing(false)} />}
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </Layout.Header>
  );
}

/** Whether what one sees is the present: a control room must never look at an old list unknowingly. */
function LiveBadge() {
  const { t } = useTranslation();
  const { connection, lastEventAt } = useLiveState();
  const { format } = useSiteTime();
  return (
    <span className={`live live-${connection}`} role="status">
      <span className="live-dot" aria-hidden />
      <strong>{t(`live.${connection}`)}</strong>
      {lastEventAt && (
        <span className="live-last">{t('live.lastChange', { time: format(toServerTime(lastEventAt), 'time') })}</span>
      )}
    </span>
  );
}

function Clock() {
  const { t } = useTranslation();
  const now = useNow();
  const { format, timeZone } = useSiteTime();
  return (
    <Tooltip title={t('clock', { zone: timeZone })}>
      <span className="desk-clock">{format(now, 'time')}</span>
    </Tooltip>
  );
}
