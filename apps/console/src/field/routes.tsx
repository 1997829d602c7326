import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { PlainMessage } from '../app/plain-message.js';
import { SessionGate } from '../app/session.js';
import { moreTexts } from '../i18n/index.js';
import { endFirstPaint } from './first-paint/end.js';
import { FieldOrdersPage } from './orders-page.js';
import { FieldShell } from './shell.js';

/** A page behind the first one comes when it is opened, with what it says; the service worker has both in a dead spot. */
const page = (load: () => Promise<ComponentType>) =>
  lazy(async () => {
    const [Page] = await Promise.all([load(), moreTexts()]);
    return { default: Page };
  });

const OrderPage = page(async () => (await import('./order-page.js')).FieldOrderPage);
const ReportPage = page(async () => (await import('./report-page.js')).FieldReportPage);
const RoundsPage = page(async () => (await import('./rounds/list.js')).FieldRoundsPage);
const RoundPage = page(async () => (await import('./rounds/detail.js')).FieldRoundPage);
const ScanCodePage = page(async () => (await import('./scan-page.js')).FieldScanCodePage);
const DevicePage = page(async () => (await import('./device-page.js')).FieldDevicePage);
const FiguresPage = page(async () => (await import('./figures-page.js')).FieldFiguresPage);
const ScanPage = page(async () => (await import('./rounds/scan.js')).FieldScanPage);
const WaitingPage = page(async () => (await import('./waiting-page.js')).FieldWaitingPage);
const MessagesPage = page(async () => (await import('./messages-page.js')).FieldMessagesPage);
const MePage = page(async () => (await import('./me-page.js')).FieldMePage);

export function FieldRoutes() {
  const isList = /^\/field\/?$/.test(useLocation().pathname);
  useEffect(() => {
    // The list itself ends it, when it stands.
    if (!isList) endFirstPaint();
  }, [isList]);
  return (
    <Routes>
      <Route
        path="/field"
        element={
          <SessionGate offline>
            <FieldShell />
          </SessionGate>
        }
      >
        <Route
          element={
            <Suspense fallback={<PlainMessage kind="loading" />}>
              <Outlet />
            </Suspense>
          }
        >
          <Route index element={<FieldOrdersPage />} />
          <Route path="orders/:workOrderId" element={<OrderPage />} />
          <Route path="report" element={<ReportPage />} />
          <Route path="rounds" element={<RoundsPage />} />
          <Route path="rounds/:roundId" element={<RoundPage />} />
          <Route path="scan" element={<ScanCodePage />} />
          <Route path="d/:community/:device" element={<DevicePage />} />
          <Route path="figures" element={<FiguresPage />} />
          <Route path="c/:code" element={<ScanPage />} />
          <Route path="waiting" element={<WaitingPage />} />
          <Route path="messages" element={<MessagesPage />} />
          <Route path="me" element={<MePage />} />
        </Route>
      </Route>
      <Route path="*" element={<Navigate to="/field" replace />} />
    </Routes>
  );
}
