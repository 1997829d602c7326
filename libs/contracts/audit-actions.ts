import { catalogueChanges, eventSchemas, ruleChanges } from './events.js';
import { workOrderActionSchema } from './work-order.js';

/** All that the audit trail knows, by what it is done to; its code is `<subject>.<what>`. Each has words in the console. */
export const auditActions = {
  announcement: ['added', 'edited', 'removed'],
  alarm: [
    'condition-changed',
    'acknowledged',
    'resolved',
    'commented',
    'assigned',
    'shelved',
    'unshelved',
    'judged',
    'silence-changed',
    'acknowledgement-forgotten',
  ],
  area: ['created', 'updated'],
  bridge: eventSchemas['bridge.changed.v1'].shape.change.options,
  calendar: ['saved', 'deleted'],
  catalogue: catalogueChanges,
  channel: ['created', 'updated', 'removed', 'tested'],
  'dead-letter': ['replayed'],
  delivery: ['replayed'],
  demo: ['areas-added', 'devices-added', 'round-plan-added'],
  device: eventSchemas['device.changed.v1'].shape.change.options,
  escalation: ['chain-set', 'chain-reset'],
  export: ['requested', 'downloaded'],
  incident: ['opened', 'severity-raised', 'split', 'merged', 'joined', 'closed'],
  leave: ['added', 'removed'],
  maintenance: ['created', 'ended'],
  'out-of-service': ['taken', 'returned'],
  override: ['added', 'removed'],
  person: ['created', 'updated', 'skills-set', 'addresses-changed', 'password-reset', 'password-changed'],
  'resident-case': ['asked', 'answered', 'photo-shown', 'photo-hidden', 'phone-read'],
  'resident-place': ['opened', 'renewed', 'switched'],
  rotation: ['added', 'updated', 'removed'],
  round: ['assigned', 'cancelled'],
  'round-plan': ['added', 'edited', 'removed', 'codes-made'],
  rule: ruleChanges,
  shift: ['added', 'updated', 'removed'],
  skill: ['added', 'updated', 'removed'],
  team: ['added', 'updated'],
  'work-order': [...workOrderActionSchema.options, 'photo-added', 'voice-added'],
} as const;

type Table = typeof auditActions;
export type AuditAction = { [S in keyof Table]: `${S}.${Table[S][number]}` }[keyof Table];

/** What an entry of the audit trail is about. */
export const auditSubjects = [
  'alarm',
  'announcement',
  'area',
  'bridge',
  'calendar',
  'catalogue',
  'channel',
  'community',
  'dead-letter',
  'delivery',
  'device',
  'export',
  'incident',
  'maintenance-window',
  'out-of-service',
  'override',
  'person',
  'rotation',
  'round',
  'round-plan',
  'rule',
  'shift',
  'skill',
  'team',
  'work-order',
] as const;
export type AuditSubject = (typeof auditSubjects)[number];
