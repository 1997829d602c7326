import { useEffect } from 'react';
import { createBrowserRouter, Navigate, Outlet, type RouteObject, useLocation, useParams } from 'react-router';
import { PlainMessage } from './plain-message.js';
import { RouteProblem } from './route-problem.js';
import { SessionGate, usePerson } from './session.js';

const Loading = () => <PlainMessage kind="loading" />;

/** Officers work in the field app, a program of its own; the desk is for the others. */
function DeskGate() {
  const { pathname } = useLocation();
  if (usePerson().role !== 'officer') return <Outlet />;
  if (pathname.startsWith('/d/')) return <ToTheField path={`/field${pathname}`} />;
  // what a message links to is for both
  const order = /^\/work-orders\/([^/]+)$/.exec(pathname)?.[1];
  const round = /^\/rounds\/([^/]+)$/.exec(pathname)?.[1];
  return <ToTheField path={order ? `/field/orders/${order}` : round ? `/field/rounds/${round}` : '/field'} />;
}

function ToTheField({ path }: { path: string }) {
  // Where this program is served for the other's addresses, one page that says so is better than one that loads for ever.
  const isLost = useLocation().pathname.startsWith('/field');
  useEffect(() => {
    if (!isLost) window.location.replace(path);
  }, [path, isLost]);
  return isLost ? <RouteProblem missing /> : <Loading />;
}

/** The address on a device's label: at the desk it becomes the one of its page, on an officer's phone the field app's. */
function LabelTarget() {
  const { community, device } = useParams();
  return <Navigate to={`/devices/${community}/${device}`} replace />;
}

const deskPages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../pages/home.js')).HomePage }) },
  { path: 'alarms/:alarmId?', lazy: async () => ({ Component: (await import('../pages/alarms/page.js')).AlarmsPage }) },
  {
    path: 'maintenance',
    lazy: async () => ({ Component: (await import('../pages/maintenance/page.js')).MaintenancePage }),
  },
  {
    path: 'alarm-load',
    lazy: async () => ({ Component: (await import('../pages/alarm-load/page.js')).AlarmLoadPage }),
  },
  {
    path: 'evaluation',
    lazy: async () => ({ Component: (await import('../pages/evaluation/page.js')).EvaluationPage }),
  },
  {
    path: 'reports',
    lazy: async () => ({ Component: (await import('../pages/reports/page.js')).ReportsPage }),
  },
  {
    path: 'staffing',
    lazy: async () => ({ Component: (await import('../pages/staffing/page.js')).StaffingPage }),
  },
  { path: 'map', lazy: async () => ({ Component: (await import('../pages/map/page.js')).MapPage }) },
  {
    path: 'work-orders',
    lazy: async () => ({ Component: (await import('../pages/work-orders/page.js')).WorkOrdersPage }),
  },
  {
    path: 'work-orders/:workOrderId',
    lazy: async () => ({ Component: (await import('../pages/work-orders/detail.js')).WorkOrderPage }),
  },
  { path: 'rounds', lazy: async () => ({ Component: (await import('../pages/rounds/page.js')).RoundsPage }) },
  {
    path: 'rounds/plans/new',
    lazy: async () => ({ Component: (await import('../pages/rounds/plan-page.js')).NewPlanPage }),
  },
  {
    path: 'rounds/plans/:planId/edit',
    lazy: async () => ({ Component: (await import('../pages/rounds/plan-page.js')).EditPlanPage }),
  },
  {
    path: 'rounds/:roundId',
    lazy: async () => ({ Component: (await import('../pages/rounds/detail.js')).RoundPage }),
  },
  {
    path: 'incidents/:incidentId',
    lazy: async () => ({ Component: (await import('../pages/incidents/page.js')).IncidentPage }),
  },
  { path: 'devices', lazy: async () => ({ Component: (await import('../pages/devices/list.js')).DevicesPage }) },
  {
    path: 'devices/:community/:device',
    lazy: async () => ({ Component: (await import('../pages/devices/detail.js')).DevicePage }),
  },
  { path: 'fleet', lazy: async () => ({ Component: (await import('../pages/fleet/page.js')).FleetPage }) },
  { path: 'channels', lazy: async () => ({ Component: (await import('../pages/channels/page.js')).ChannelsPage }) },
  { path: 'bridges', lazy: async () => ({ Component: (await import('../pages/bridges/page.js')).BridgesPage }) },
  { path: 'd/:community/:device', element: <LabelTarget /> },
  { path: 'first-steps', lazy: async () => ({ Component: (await import('../pages/first-steps.js')).FirstStepsPage }) },
  { path: 'people', lazy: async () => ({ Component: (await import('../pages/people/list.js')).PeoplePage }) },
  {
    path: 'dead-letters',
    lazy: async () => ({ Component: (await import('../pages/dead-letters.js')).DeadLettersPage }),
  },
  { path: 'audit', lazy: async () => ({ Component: (await import('../pages/audit.js')).AuditPage }) },
  { path: 'rules', lazy: async () => ({ Component: (await import('../pages/rules/page.js')).RulesPage }) },
  { path: 'rules/new', lazy: async () => ({ Component: (await import('../pages/rules/edit.js')).NewRulePage }) },
  { path: 'rules/:ruleId', lazy: async () => ({ Component: (await import('../pages/rules/detail.js')).RulePage }) },
  {
    path: 'rules/:ruleId/edit',
    lazy: async () => ({ Component: (await import('../pages/rules/edit.js')).EditRulePage }),
  },
  {
    path: 'catalogue/:code?',
    lazy: async () => ({ Component: (await import('../pages/catalogue/page.js')).CataloguePage }),
  },
  { path: 'system', lazy: async () => ({ Component: (await import('../pages/system/page.js')).SystemPage }) },
  {
    path: 'areas/:areaId/shape',
    lazy: async () => ({ Component: (await import('../pages/area-shape/page.js')).AreaShapePage }),
  },
  { path: 'areas/:areaId?', lazy: async () => ({ Component: (await import('../pages/areas.js')).AreasPage }) },
  {
    path: 'calendars/:areaId?',
    lazy: async () => ({ Component: (await import('../pages/calendars/page.js')).CalendarsPage }),
  },
  {
    path: 'duty-calendar',
    lazy: async () => ({ Component: (await import('../pages/duty-calendar/page.js')).DutyCalendarPage }),
  },
  {
    path: 'escalation-chains',
    lazy: async () => ({ Component: (await import('../pages/escalation/page.js')).EscalationPage }),
  },
  {
    path: 'residents',
    lazy: async () => ({ Component: (await import('../pages/residents/page.js')).ResidentPlacesPage }),
  },
  {
    path: 'announcements',
    lazy: async () => ({ Component: (await import('../pages/announcements/page.js')).AnnouncementsPage }),
  },
  {
    path: 'handovers',
    lazy: async () => ({ Component: (await import('../pages/handovers/page.js')).HandoversPage }),
  },
  {
    path: 'handovers/:handoverId',
    lazy: async () => ({ Component: (await import('../pages/handovers/detail.js')).HandoverPage }),
  },
  { path: 'teams', lazy: async () => ({ Component: (await import('../pages/teams/page.js')).TeamsPage }) },
  { path: 'shifts', lazy: async () => ({ Component: (await import('../pages/shifts/page.js')).ShiftsPage }) },
  { path: '*', element: <RouteProblem missing /> },
];

export const createAppRouter = () =>
  createBrowserRouter([
    {
      path: '/trust',
      HydrateFallback: Loading,
      errorElement: <RouteProblem />,
      lazy: async () => ({ Component: (await import('./trust-page.js')).TrustPage }),
    },
    {
      path: '/labels',
      HydrateFallback: Loading,
      errorElement: <RouteProblem />,
      element: (
        <SessionGate>
          <DeskGate />
        </SessionGate>
      ),
      children: [
        { index: true, lazy: async () => ({ Component: (await import('../pages/devices/labels.js')).LabelsPage }) },
      ],
    },
    {
      path: '/round-codes',
      HydrateFallback: Loading,
      errorElement: <RouteProblem />,
      element: (
        <SessionGate>
          <DeskGate />
        </SessionGate>
      ),
      children: [
        { index: true, lazy: async () => ({ Component: (await import('../pages/rounds/codes.js')).CodesPage }) },
      ],
    },
    {
      path: '/resident-sheets',
      HydrateFallback: Loading,
      errorElement: <RouteProblem />,
      element: (
        <SessionGate>
          <DeskGate />
        </SessionGate>
      ),
      children: [
        {
          index: true,
          lazy: async () => ({ Component: (await import('../pages/residents/sheets.js')).ResidentSheetsPage }),
        },
      ],
    },
    {
      path: '/wallboard',
      HydrateFallback: Loading,
      errorElement: <RouteProblem />,
      lazy: async () => {
        const { WallEnded } = await import('../pages/wallboard/ended.js');
        const Wall = () => (
          <SessionGate entrance={<WallEnded />}>
            <DeskGate />
          </SessionGate>
        );
        return { Component: Wall };
      },
      children: [
        {
          index: true,
          lazy: async () => ({ Component: (await import('../pages/wallboard/page.js')).WallboardPage }),
        },
      ],
    },
    { path: '/login', element: <Navigate to="/" replace /> },
    {
      path: '/',
      HydrateFallback: Loading,
      errorElement: <RouteProblem />,
      element: (
        <SessionGate>
          <DeskGate />
        </SessionGate>
      ),
      children: [
        {
          lazy: async () => ({ Component: (await import('./desk-shell.js')).DeskShell }),
          children: deskPages,
        },
      ],
    },
  ]);
