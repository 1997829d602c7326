import type { Person, ReportCase, WorkOrderDetail } from '@sc/contracts';
import { someEntries } from './catalogue.js';
import { type Site, uuid } from './fixtures.js';

const keys = new WeakMap<Site, Map<string, WorkOrderDetail>>();

/** As the platform does it: the same key again is the same case, its photos and steps come by their own doors. */
export function openCase(site: Site, found: ReportCase, finder: Person): WorkOrderDetail {
  const opened = keys.get(site) ?? new Map<string, WorkOrderDetail>();
  keys.set(site, opened);
  const known = opened.get(found.key);
  if (known) return known;
  const at = new Date().toISOString();
  const kind = someEntries(at).find(({ code }) => code === found.category);
  const like = site.workOrders[0]!;
  const order: WorkOrderDetail = {
    ...like,
    id: uuid(7_000 + opened.size),
    number: `WO-00${9_000 + opened.size}`,
    source: 'person',
    incidentId: null,
    category: found.category,
    title: kind?.title ?? like.title,
    severity: kind?.severity ?? 'minor',
    areaId: found.areaId,
    areaName: site.areas.find(({ id }) => id === found.areaId)?.name ?? like.areaName,
    placement: found.placement ?? null,
    description: found.description,
    finder: { id: finder.id, name: finder.name },
    assigneeId: finder.id,
    assigneeName: finder.name,
    state: 'dispatched',
    createdAt: at,
    updatedAt: at,
    alarms: [],
    attachments: [],
    timeline: [],
  };
  opened.set(found.key, order);
  site.workOrders.push(order);
  return order;
}
