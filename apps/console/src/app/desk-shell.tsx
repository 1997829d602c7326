import { MenuOutlined } from '@ant-design/icons';
import { App, Badge, Button, ConfigProvider, Drawer, Layout, Menu, theme as antdTheme } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import '../styles/desk.css';
import '../styles/calendars.css';
import '../styles/control.css';
import '../styles/silences.css';
import { useReducedMotion } from '../lib/reduced-motion.js';
import { CatalogueGaps } from './catalogue-gaps.js';
import { DutyGaps } from './duty-gaps.js';
import { DeskHeader } from './desk-header.js';
import { deskPages, deskPageGroups } from './desk-pages.js';
import { HandoverReminder } from './handover-reminder.js';
import { InitialPassword } from './initial-password.js';
import { usePerson } from './session.js';
import { StoppedRules } from './stopped-rules.js';
import { useTheme } from './theme.js';
import { useAlarmTitle } from './use-alarm-title.js';
import { useWallboardKey } from './use-wallboard-key.js';

const fontFamily =
  "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

export function DeskShell() {
  const { i18n } = useTranslation();
  const theme = useTheme();
  const dark = theme === 'dark';
  const still = useReducedMotion();
  return (
    <ConfigProvider
      locale={i18n.language === 'zh-CN' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: [dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm, antdTheme.compactAlgorithm],
        token: {
          motion: !still,
          fontFamily,
          fontSize: 14,
          colorPrimary: dark ? '#5b9bf0' : '#1d5fbf',
          colorLink: dark ? '#5b9bf0' : '#1d5fbf',
          colorBgLayout: dark ? '#0e141b' : '#f3f5f8',
          colorBgContainer: dark ? '#161e28' : '#ffffff',
          colorBgElevated: dark ? '#1b2531' : '#ffffff',
          colorTextSecondary: dark ? '#97a5b5' : '#55616f',
          colorTextDescription: dark ? '#97a5b5' : '#55616f',
          colorTextPlaceholder: dark ? '#8796a6' : '#6b7785',
          colorError: dark ? '#ff8795' : '#b3122a',
          borderRadius: 6,
          controlHeight: 32,
        },
        components: {
          Tree: { nodeSelectedBg: dark ? '#20344d' : '#e2edfb' },
          Button: { primaryColor: dark ? '#08121f' : '#ffffff' },
          Layout: { siderBg: '#12263f', headerBg: dark ? '#161e28' : '#ffffff' },
          Menu: {
            darkItemBg: '#12263f',
            darkItemSelectedBg: '#24518a',
            darkItemColor: '#c5d2e2',
            darkGroupTitleColor: '#93a7be',
          },
        },
      }}
    >
      <App className="desk-app" message={{ top: 56 }}>
        <Frame />
      </App>
    </ConfigProvider>
  );
}

function Frame() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  // Remembers the page it was opened on: going to another one closes it.
  const [menuOn, setMenuOn] = useState<string>();
  const menuOpen = menuOn === pathname;
  const current = deskPages.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  const title = current ? t(`nav.${current.label}`) : t('name');
  const unseen = useAlarmTitle(title);
  useWallboardKey();

  const menu = <Navigation selected={current?.path} unseen={unseen} />;
  return (
    <Layout className="desk">
      <a className="desk-skip" href="#content">
        {t('skip')}
      </a>
      <Layout.Sider className="desk-sider" width={200} breakpoint="lg" collapsedWidth={0} trigger={null}>
        <Brand />
        {menu}
      </Layout.Sider>
      <Drawer
        open={menuOpen}
        onClose={() => setMenuOn(undefined)}
        placement="left"
        size={240}
        title={t('name')}
        styles={{ body: { padding: 0, background: '#12263f' } }}
      >
        {menu}
      </Drawer>
      <Layout>
        <DeskHeader
          menuButton={
            <Button
              className="desk-menu-button"
              type="text"
              icon={<MenuOutlined />}
              aria-label={t('menu')}
              onClick={() => setMenuOn(pathname)}
            />
          }
        />
        <Layout.Content id="content" className="desk-content" tabIndex={-1}>
          <InitialPassword />
          <StoppedRules />
          <CatalogueGaps />
          <DutyGaps />
          <HandoverReminder />
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

function Brand() {
  const { t } = useTranslation();
  return (
    <Link to="/" className="desk-brand">
      <img src="/icon.svg" alt="" width={24} height={24} />
      {t('name')}
    </Link>
  );
}

function Navigation({ selected, unseen }: { selected?: string; unseen: number }) {
  const { t } = useTranslation();
  const { role } = usePerson();
  const groups = deskPageGroups.map((name) => ({
    key: name,
    type: 'group' as const,
    label: t(`navGroup.${name}`),
    children: deskPages
      .filter(({ group, roles }) => group === name && (!roles || roles.includes(role)))
      .map(({ path, label, icon }) => ({
        key: path,
        icon,
        label: (
          <Link to={path} className="desk-nav-link">
            <span>{t(`nav.${label}`)}</span>
            {path === '/alarms' && <Badge count={unseen} overflowCount={99} size="small" />}
          </Link>
        ),
      })),
  }));
  return (
    <nav aria-label={t('menu')}>
      <Menu
        theme="dark"
        mode="inline"
        inlineIndent={14}
        inlineCollapsed={false}
        selectedKeys={selected ? [selected] : []}
        items={groups.filter(({ children }) => children.length > 0)}
      />
    </nav>
  );
}
