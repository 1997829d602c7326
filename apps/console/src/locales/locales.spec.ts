import {
  alarmActionSchema,
  alarmStates,
  areaKinds,
  auditActions,
  auditSubjects,
  backTestErrors,
  backTestStates,
  candidateSchema,
  chainAudiences,
  chainIssueCodes,
  deviceSchema,
  evaluationGroupings,
  eventTypeNames,
  exportErrors,
  exportFormats,
  exportStates,
  importErrorCodes,
  importMarks,
  notificationSchema,
  problemCodes,
  processKinds,
  processReportSchema,
  rejectReasons,
  roles,
  tiers,
  roundActions,
  roundPlanIssues,
  roundStates,
  severities,
  shapeIssueCodes,
  timelineEntrySchema,
  urgencySchema,
  certaintySchema,
  checkCodes,
  workOrderActionSchema,
  workOrderStates,
  staffingErrors,
  staffingPlanStates,
} from '@sc/contracts';
import en from './en/index.js';
import zh from './zh-CN/index.js';

const pathsOf = (value: object, prefix = ''): [string, string][] =>
  Object.entries(value).flatMap(([key, inner]): [string, string][] =>
    typeof inner === 'string' ? [[prefix + key, inner]] : pathsOf(inner as object, `${prefix}${key}.`),
  );
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

describe('the languages of the console', () => {
  const english = pathsOf(en);
  const chinese = new Map(pathsOf(zh));

  it('have exactly the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  it('have no empty text and the same placeholders', () => {
    for (const [key, text] of english) {
      expect([key, text.trim().length > 0, chinese.get(key)?.trim().length]).not.toEqual([key, false, 0]);
      expect([key, placeholders(chinese.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  it('leave nothing untranslated: no Chinese text equals the English one', () => {
    expect(english.filter(([key, text]) => chinese.get(key) === text).map(([key]) => key)).toEqual([]);
  });

  it.each([
    ['severity', severities, en.words.severity],
    ['urgency', urgencySchema.options, en.words.urgency],
    ['certainty', certaintySchema.options, en.words.certainty],
    ['alarm state', alarmStates, en.words.alarmState],
    ['alarm action', alarmActionSchema.options, en.words.timeline.alarm],
    ['work-order state', workOrderStates, en.words.workOrderState],
    ['work-order action', workOrderActionSchema.options, en.words.workOrderAction],
    ['work-order action in the timeline', workOrderActionSchema.options, en.words.timeline['work-order']],
    ['event type', eventTypeNames, en.words.event],
    ['mistake in a rule', checkCodes, en.rules.issue],
    ['table of audit actions', Object.keys(auditActions), en.words.auditAction],
    ['subject of the audit trail', auditSubjects, en.desk.audit.subjectType],
    ['area kind', areaKinds, en.words.areaKind],
    ['role', roles, en.words.role],
    ['reason of the assignment', candidateSchema.shape.reason.options, en.words.candidateReason],
    ['who a chain asks', chainAudiences, en.assignment.who],
    ['mistake in a chain', chainIssueCodes, en.assignment.issue],
    ['how near a candidate is', tiers, en.assignment.tier],
    ['reject reason', rejectReasons, en.words.rejectReason],
    ['connection', deviceSchema.shape.connection.options, en.words.connection],
    ['device state', deviceSchema.shape.state.options, en.words.deviceState],
    ['notification', notificationSchema.shape.kind.options, en.words.notification],
    // what a trial of a channel sends stands on no timeline
    [
      'notification in the timeline',
      notificationSchema.shape.kind.exclude(['test']).options,
      en.words.timeline.notification,
    ],
    ['timeline kind', timelineEntrySchema.shape.kind.options, en.words.timelineKind],
    ['actor', timelineEntrySchema.shape.actorKind.options, en.words.actor],
    ['import error', importErrorCodes, en.site.import.error],
    ['mistake in a border', shapeIssueCodes, en.map.shape.issue],
    ['import mark', importMarks, en.site.import.marks],
    ['state of a round', roundStates, en.rounds.state],
    ['step of a round', roundActions, en.rounds.action],
    ['mistake in a plan of rounds', roundPlanIssues, en.rounds.issue],
    ['export state', exportStates, en.exports.state],
    ['export format', exportFormats, en.exports.formats],
    ['export error', exportErrors, en.exports.error],
    ['grouping of an evaluation', evaluationGroupings, en.evaluation.grouping],
    ['state of a staffing plan', staffingPlanStates, en.staffing.state],
    ['staffing error', staffingErrors, en.staffing.error],
    ['back-test state', backTestStates, en['back-test'].state],
    ['back-test error', backTestErrors, en['back-test'].error],
    ['process', processKinds, en.system.kind],
    ['state of a process', processReportSchema.shape.state.options, en.system.state],
    ['problem', [...problemCodes, 'network', 'unexpected-answer'], en.app.problem],
  ])('name every %s of the contract and no other', (_, values, texts) => {
    expect(Object.keys(texts).sort()).toEqual([...values].sort());
  });

  it.each(Object.entries(auditActions))('name every action of the audit trail and no other: %s', (subject, actions) => {
    const texts: Record<string, object> = en.words.auditAction;
    expect(Object.keys(texts[subject] ?? {}).sort()).toEqual([...actions].sort());
  });
});
