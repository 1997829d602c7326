import type { CaseItem, CatalogueGap, Domain, Severity } from '@sc/contracts';
import { type Entry, itemOf } from './entry.js';

interface Known {
  item: CaseItem;
  /** Null: it counts everywhere. */
  areaId: string | null;
  domain: string | undefined;
}

/** The catalogue as orders are made by it: who asks waits for no database. What it lacks is as the program brings it (P4). */
export class KindsOfWork {
  private readonly items = new Map<string, Known>();
  private readonly byAlarm = new Map<string, CaseItem>();
  private readonly codes: ReadonlySet<string>;

  constructor(
    private readonly domains: readonly Domain[],
    entries: readonly Entry[] = [],
  ) {
    this.codes = new Set(entries.map(({ code }) => code));
    for (const entry of entries) {
      const item = entry.state === 'active' ? itemOf(entry) : undefined;
      if (!item) continue;
      const { areaId, alarms } = entry;
      this.items.set(item.category, { item, areaId, domain: alarms?.domain });
      for (const severity of alarms?.severities ?? []) this.byAlarm.set(alarmKey(alarms!.domain, severity), item);
    }
  }

  /** `undefined` for a domain this program does not know. */
  of(domain: string, severity: Severity): CaseItem | undefined {
    return (
      this.byAlarm.get(alarmKey(domain, severity)) ??
      this.domains
        .find(({ name }) => name === domain)
        ?.workOrders.find(({ severities }) => severities.includes(severity))
    );
  }

  /** The kind of work of this name and, where alarms are its matter, of which domain; `undefined` when there is none in use. */
  named(category: string): { domain: string | undefined; template: CaseItem } | undefined {
    const known = this.items.get(category);
    const ofProgram = this.domains.find(({ workOrders }) => workOrders.some((own) => own.category === category));
    if (known) return { domain: known.domain ?? ofProgram?.name, template: known.item };
    // Who retired it wants no more of it; one that was never in the catalogue is as the program brings it.
    if (!ofProgram || this.codes.has(category)) return undefined;
    return { domain: ofProgram.name, template: ofProgram.workOrders.find((own) => own.category === category)! };
  }

  /** What a new case of this kind asks for. @param areaPath ids from the root down to the area of the case @returns `undefined` when none may be made there */
  usableIn(category: string, areaPath: readonly string[]): CaseItem | undefined {
    const known = this.items.get(category);
    if (!known) return this.named(category)?.template;
    return known.areaId === null || areaPath.includes(known.areaId) ? known.item : undefined;
  }

  /** Alarms for which the program brings a kind of work and the catalogue has none in use. */
  get gaps(): CatalogueGap[] {
    return this.domains.flatMap(({ name, workOrders }) =>
      workOrders
        .flatMap(({ severities }) => severities)
        .filter((severity) => !this.byAlarm.has(alarmKey(name, severity)))
        .map((severity) => ({ domain: name, severity })),
    );
  }
}

export const alarmKey = (domain: string, severity: Severity): string => `${domain} ${severity}`;
