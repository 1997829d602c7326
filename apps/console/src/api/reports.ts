import { type ReportQuery, type ReportTable, reportSchema } from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { answer, apiUrl, http, patient } from './client.js';

/** As it was when it was asked for: a year takes the platform some seconds. */
export const reportQuery = (query: ReportQuery) =>
  queryOptions({
    queryKey: ['reports', query],
    queryFn: ({ signal }) =>
      answer(reportSchema, http.GET('/reports', { params: { query }, signal, fetch: patient(90_000) })),
    staleTime: 60_000,
  });
export const reportCsvUrl = (query: ReportQuery, table: ReportTable): string =>
  apiUrl('/reports/csv', { query: { ...query, table } });
