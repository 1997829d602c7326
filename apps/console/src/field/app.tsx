import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { newQueryClient } from '../api/query-client.js';
import { siteQuery } from '../api/session.js';
import '../app/theme.js';
import { startI18n } from '../i18n/index.js';
import { learnServerTime } from '../lib/site-time.js';
import { PageBoundary } from './page-boundary.js';
import { FieldRoutes } from './routes.js';
import { texts } from './texts.js';

const queries = newQueryClient();
void queries
  .fetchQuery(siteQuery)
  .then((site) => learnServerTime(site.serverTime))
  .catch(() => undefined);

const root = document.getElementById('root');
if (!root) throw new Error('field.html has no #root');
void startI18n(texts).then(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <PageBoundary>
          <BrowserRouter>
            <FieldRoutes />
          </BrowserRouter>
        </PageBoundary>
      </QueryClientProvider>
    </StrictMode>,
  ),
);
