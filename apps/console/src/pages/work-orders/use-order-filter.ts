import {
  type Light,
  lights,
  severities,
  type Severity,
  type WorkOrderQuery,
  type WorkOrderState,
  workOrderStates,
} from '@sc/contracts';
import { useAddress } from '../../lib/use-address.js';

export const orderViews = ['list', 'board'] as const;
export type OrderView = (typeof orderViews)[number];
type Name = 'view' | 'scope' | 'state' | 'light' | 'sort' | 'area' | 'severity' | 'mine';

export interface OrderFilter {
  view: OrderView;
  scope: 'open' | 'all';
  state: WorkOrderState | undefined;
  light: Light | undefined;
  severity: Severity | undefined;
  sort: 'newest' | 'due';
  areaId: string | undefined;
  isMine: boolean;
}

const oneOf = <T extends string>(all: readonly T[], value: string | null): T | undefined =>
  all.find((one) => one === value);

/** Filters live in the address: a reload, a shared link and a kept filter show the same orders. */
export function orderFilterOf(params: URLSearchParams): OrderFilter {
  return {
    view: oneOf(orderViews, params.get('view')) ?? 'list',
    scope: params.get('scope') === 'all' ? 'all' : 'open',
    state: oneOf(workOrderStates, params.get('state')),
    light: oneOf(lights, params.get('light')),
    severity: oneOf(severities, params.get('severity')),
    sort: params.get('sort') === 'due' ? 'due' : 'newest',
    areaId: params.get('area') ?? undefined,
    isMine: params.get('mine') === 'yes',
  };
}

/** What the list and the board ask the platform alike; what is not chosen is left out. */
export const sharedQuery = ({ light, severity, areaId, isMine }: OrderFilter): Partial<WorkOrderQuery> => ({
  ...(light ? { light } : {}),
  ...(severity ? { severity } : {}),
  ...(areaId ? { areaId } : {}),
  ...(isMine ? { assignee: 'mine' as const } : {}),
});

export function useOrderFilter(): [OrderFilter, (name: Name, value: string | undefined) => void] {
  const { params, change } = useAddress();
  return [orderFilterOf(params), (name, value) => change({ [name]: value })];
}
