import {
  AlertOutlined,
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  ControlOutlined,
  DashboardOutlined,
  DesktopOutlined,
  EnvironmentOutlined,
  ExperimentOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FundOutlined,
  HeartOutlined,
  InboxOutlined,
  MedicineBoxOutlined,
  NotificationOutlined,
  PieChartOutlined,
  ProfileOutlined,
  QrcodeOutlined,
  RiseOutlined,
  RocketOutlined,
  ScheduleOutlined,
  SoundOutlined,
  SolutionOutlined,
  SwapOutlined,
  TeamOutlined,
  ToolOutlined,
  UserOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import type { Role } from '@sc/contracts';
import type { ReactNode } from 'react';
import type en from '../locales/en/app.js';

/** What one looks at all day comes first; what is set up once, last. */
export const deskPageGroups = ['live', 'people', 'rules', 'figures', 'system'] as const;

interface DeskPage {
  path: string;
  label: keyof typeof en.nav;
  icon: ReactNode;
  group: (typeof deskPageGroups)[number];
  /** Who sees it; everybody at the desk when left out. */
  roles?: Role[];
}

export const deskPages: DeskPage[] = [
  { path: '/alarms', label: 'alarms', icon: <AlertOutlined />, group: 'live' },
  { path: '/map', label: 'map', icon: <EnvironmentOutlined />, group: 'live' },
  { path: '/work-orders', label: 'workOrders', icon: <FileDoneOutlined />, group: 'live' },
  { path: '/rounds', label: 'rounds', icon: <ScheduleOutlined />, group: 'live' },
  { path: '/devices', label: 'devices', icon: <DashboardOutlined />, group: 'live' },
  {
    path: '/fleet',
    label: 'fleet',
    icon: <MedicineBoxOutlined />,
    group: 'live',
    roles: ['admin', 'operator', 'manager'],
  },
  { path: '/maintenance', label: 'maintenance', icon: <ToolOutlined />, group: 'live' },
  {
    path: '/handovers',
    label: 'handovers',
    icon: <SwapOutlined />,
    group: 'live',
    roles: ['admin', 'operator', 'manager'],
  },
  {
    path: '/wallboard',
    label: 'wallboard',
    icon: <DesktopOutlined />,
    group: 'live',
    roles: ['admin', 'operator', 'manager'],
  },
  { path: '/areas', label: 'areas', icon: <ApartmentOutlined />, group: 'people' },
  {
    path: '/residents',
    label: 'residents',
    icon: <QrcodeOutlined />,
    group: 'people',
    roles: ['admin', 'operator', 'manager'],
  },
  {
    path: '/announcements',
    label: 'announcements',
    icon: <SoundOutlined />,
    group: 'people',
    roles: ['admin', 'operator', 'manager'],
  },
  { path: '/people', label: 'people', icon: <UserOutlined />, group: 'people', roles: ['admin', 'manager'] },
  { path: '/teams', label: 'teams', icon: <TeamOutlined />, group: 'people' },
  { path: '/shifts', label: 'shifts', icon: <FieldTimeOutlined />, group: 'people' },
  { path: '/duty-calendar', label: 'dutyCalendar', icon: <SolutionOutlined />, group: 'people' },
  { path: '/calendars', label: 'calendars', icon: <CalendarOutlined />, group: 'people' },
  { path: '/rules', label: 'rules', icon: <ControlOutlined />, group: 'rules' },
  {
    path: '/catalogue',
    label: 'catalogue',
    icon: <ProfileOutlined />,
    group: 'rules',
    roles: ['admin', 'operator', 'manager'],
  },
  { path: '/escalation-chains', label: 'escalation', icon: <RiseOutlined />, group: 'rules' },
  { path: '/alarm-load', label: 'alarmLoad', icon: <BarChartOutlined />, group: 'figures' },
  { path: '/evaluation', label: 'evaluation', icon: <FundOutlined />, group: 'figures' },
  { path: '/reports', label: 'reports', icon: <PieChartOutlined />, group: 'figures', roles: ['admin', 'manager'] },
  { path: '/staffing', label: 'staffing', icon: <ExperimentOutlined />, group: 'figures', roles: ['admin', 'manager'] },
  { path: '/first-steps', label: 'firstSteps', icon: <RocketOutlined />, group: 'system', roles: ['admin'] },
  { path: '/bridges', label: 'bridges', icon: <VideoCameraOutlined />, group: 'system', roles: ['admin'] },
  { path: '/channels', label: 'channels', icon: <NotificationOutlined />, group: 'system', roles: ['admin'] },
  {
    path: '/dead-letters',
    label: 'deadLetters',
    icon: <InboxOutlined />,
    group: 'system',
    roles: ['admin', 'operator'],
  },
  { path: '/audit', label: 'audit', icon: <AuditOutlined />, group: 'system', roles: ['admin'] },
  { path: '/system', label: 'system', icon: <HeartOutlined />, group: 'system', roles: ['admin'] },
];
