import type {
  AddressKind,
  AlarmJudgement,
  AlarmState,
  AreaKind,
  Asked,
  AskedExtension,
  AttachmentKind,
  BackTestResult,
  BridgeKind,
  CalendarException,
  CandidateFacts,
  CaseClock,
  CaseLimits,
  CaseSource,
  CatalogueState,
  Certainty,
  ChainStep,
  ChannelKind,
  CheckPoint,
  ChecklistItem,
  ChecklistValue,
  CreateStaffingPlan,
  DeliveryState,
  EventType,
  ExportFormat,
  HandoverAction,
  HandoverKind,
  HandoverSnapshot,
  HandoverState,
  JobName,
  LeaveKind,
  Locale,
  NotificationPreferences,
  PictureSource,
  PictureState,
  ProcessKind,
  Proof,
  QuietHours,
  ResidentLinkKind,
  ResidentMessageKind,
  Role,
  RoundAction,
  RoundAssignee,
  RoundState,
  RotationPlan,
  Rule,
  RuleTrouble,
  SavedFilterPage,
  Severity,
  Shape,
  StaffingResult,
  StoredMessage,
  Text,
  Urgency,
  WorkingSpan,
  WorkOrderState,
} from '@sc/contracts';
import type { ColumnType, Generated, Insertable, JSONColumnType, Selectable } from 'kysely';

/** `jsonb`: comes back parsed, goes in as the JSON text (`json(value)`). */
type Json<T extends object | null> = JSONColumnType<T>;
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
type ActorKind = 'person' | 'device' | 'system';

/** Columns as the migrations make them, in camelCase (CamelCasePlugin). */
export interface Database {
  areas: {
    id: string;
    kind: AreaKind;
    parentId: Nullable<string>;
    path: string[];
    name: Json<Text>;
    shape: ColumnType<Shape | null, string | null | undefined, string | null>;
    households: Nullable<number>;
    createdAt: Date;
  };
  people: {
    id: string;
    login: string;
    passwordHash: string;
    /** Given by somebody else, not yet changed by the person. */
    passwordInitial: Generated<boolean>;
    name: string;
    role: Role;
    areaId: string;
    locale: Locale;
    active: Generated<boolean>;
    createdAt: Date;
  };
  siteSetup: { onlyRow: Generated<boolean>; codeHash: Nullable<Buffer>; openedAt: Date; finishedAt: Nullable<Date> };
  sessions: { tokenHash: Buffer; personId: string; createdAt: Date; expiresAt: Date };
  shifts: {
    id: string;
    personId: string;
    areaId: string;
    startsAt: Date;
    endsAt: Date;
    /** What planned it, and as which of its shifts. */
    rotationId: Nullable<string>;
    slot: Nullable<string>;
  };
  skills: { slug: string; title: Json<Text>; createdAt: Date };
  personSkills: { personId: string; skill: string };
  teams: {
    id: string;
    name: Json<Text>;
    areaId: string;
    contractor: boolean;
    leadId: Nullable<string>;
    active: Generated<boolean>;
    createdAt: Date;
  };
  teamMembers: { teamId: string; personId: string };
  leave: {
    id: string;
    personId: string;
    startsAt: Date;
    endsAt: Date;
    kind: LeaveKind;
    createdBy: string;
    createdAt: Date;
  };
  rotations: {
    id: string;
    name: string;
    areaId: string;
    timeZone: string;
    firstDay: string;
    lastDay: Nullable<string>;
    memberIds: string[];
    plan: Json<RotationPlan>;
    version: Generated<number>;
    /** Its shifts that begin before this are in the plan. */
    plannedUntil: Date;
    createdAt: Date;
    updatedAt: Date;
  };
  /** Wherever the person is planned in that area, the substitute is on duty instead. */
  shiftOverrides: {
    id: string;
    areaId: string;
    personId: string;
    substituteId: string;
    startsAt: Date;
    endsAt: Date;
    createdBy: string;
    createdAt: Date;
  };
  devices: {
    id: string;
    domain: string;
    name: string;
    areaId: string;
    longitude: Nullable<number>;
    latitude: Nullable<number>;
    placement: Nullable<string>;
    secretHash: Buffer;
    /** The same secret for Mosquitto's password file; none for one that is older than this column. */
    mosquittoHash: Nullable<string>;
    state: 'registered' | 'retired';
    connection: Generated<'online' | 'offline' | 'never-seen'>;
    lastSeenAt: Nullable<Date>;
    replacedBy: Nullable<string>;
    /** The bridge that speaks for it, and what the bridge calls it. */
    bridgeId: Nullable<string>;
    externalId: Nullable<string>;
    createdAt: Date;
    /** What people call it by, together with others: rules may be about them. */
    labels: Generated<string[]>;
    /** What it told last about itself; written late and in bulk. */
    batteryPercent: Nullable<number>;
    batteryAt: Nullable<Date>;
    signalMetric: Nullable<string>;
    signalValue: Nullable<number>;
    signalPercent: Nullable<number>;
    signalAt: Nullable<Date>;
    clockBehindSeconds: Nullable<number>;
  };
  bridges: {
    id: string;
    kind: BridgeKind;
    name: string;
    topicPrefix: string;
    areaId: string;
    secretHash: Buffer;
    /** The same secret for Mosquitto's password file; none for one that is older than this column. */
    mosquittoHash: Nullable<string>;
    baseUrl: Nullable<string>;
    state: 'registered' | 'retired';
    connection: Generated<'online' | 'offline' | 'never-seen'>;
    reviewedUntil: Nullable<Date>;
    createdAt: Date;
  };
  pictures: {
    id: string;
    deviceId: string;
    pictureKey: string;
    source: Json<PictureSource>;
    state: PictureState;
    reason: Nullable<string>;
    attempts: Generated<number>;
    mediaType: Nullable<string>;
    bytes: Nullable<number>;
    sha256: Nullable<Buffer>;
    takenAt: Date;
    createdAt: Date;
  };
  deviceEvents: {
    deviceId: string;
    eventKey: string;
    type: string;
    ts: Date;
    receivedAt: Date;
    data: Json<Record<string, unknown>>;
  };
  rules: {
    id: string;
    version: number;
    domain: string;
    enabled: boolean;
    definition: Json<Rule>;
    updatedAt: Date;
    /** The default of the program that it is or was made of; null: nobody's but people's. */
    defaultVersion: Nullable<number>;
    /** A person changed it: a newer default is offered, not taken. */
    changed: Generated<boolean>;
    trouble: ColumnType<RuleTrouble | null, string | null | undefined, string | null>;
  };
  /** Every version that was ever in force. */
  ruleVersions: {
    ruleId: string;
    version: number;
    definition: Json<Rule>;
    changedByKind: ActorKind;
    changedBy: string;
    at: Date;
    note: Nullable<string>;
  };
  incidents: {
    id: string;
    domain: string;
    category: string;
    areaId: string;
    severity: Severity;
    state: 'open' | 'closed';
    openedAt: Date;
    closedAt: Nullable<Date>;
    /** Merged by a person: the one that remained. */
    mergedInto: Nullable<string>;
    /** Split off by a person: from which. Gathers nothing by itself. */
    splitFrom: Nullable<string>;
  };
  /** What people did to incidents. */
  incidentSteps: {
    id: string;
    incidentId: string;
    at: Date;
    action: 'split' | 'merge';
    actorKind: ActorKind;
    actorId: string;
    note: Nullable<string>;
    requestId: Nullable<string>;
    data: Json<Record<string, unknown>>;
  };
  /** Conditions that a person put into an incident. */
  incidentPlacements: { deviceId: string; ruleId: string; subject: string; category: string; incidentId: string };
  alarms: {
    id: string;
    deviceId: string;
    ruleId: string;
    /** Tells conditions of one rule on one device apart; '' where there is only one. */
    subject: Generated<string>;
    ruleVersion: number;
    domain: string;
    areaId: string;
    state: AlarmState;
    conditionActive: boolean;
    severity: Severity;
    urgency: Urgency;
    certainty: Certainty;
    workOrder: boolean;
    cause: Json<Record<string, unknown>>;
    raisedAt: Date;
    clearedAt: Nullable<Date>;
    acknowledgedAt: Nullable<Date>;
    acknowledgedBy: Nullable<string>;
    occurrences: Generated<number>;
    lastSeenAt: Date;
    lastTransitionAt: Date;
    incidentId: Nullable<string>;
    createdAt: Date;
    assigneeId: Nullable<string>;
    /** Of its rule when it was raised, like the severity. */
    latching: Generated<boolean>;
    suppressionGroup: Nullable<string>;
    /** While shelved, suppressed or out of service: since when, until when (none: until somebody or something ends it), by whom, why. */
    silencedAt: Nullable<Date>;
    silencedUntil: Nullable<Date>;
    silencedBy: Nullable<string>;
    silencedReason: Nullable<string>;
    /** What suppresses it: a maintenance window, or the graver alarm of its group. */
    suppressingWindow: Nullable<string>;
    suppressingAlarm: Nullable<string>;
    /** How long it was shelved altogether, shelves that have ended. */
    shelvedMs: Generated<number>;
    /** What people say it was; changeable. */
    judgement: Nullable<AlarmJudgement>;
    judgedBy: Nullable<string>;
    judgedAt: Nullable<Date>;
  };
  /** Windows of maintenance: a place (perhaps one domain of it) or a device, for a time. */
  maintenanceWindows: {
    id: string;
    areaId: string;
    domain: Nullable<string>;
    deviceId: Nullable<string>;
    /** Silences alarms of life safety too. */
    lifeSafety: Generated<boolean>;
    startsAt: Date;
    endsAt: Date;
    reason: string;
    createdBy: string;
    createdAt: Date;
    endedAt: Nullable<Date>;
    endedBy: Nullable<string>;
  };
  /** A device, or one rule on it, that is not to be listened to until it is returned. */
  outOfService: {
    id: string;
    deviceId: string;
    ruleId: Nullable<string>;
    reason: string;
    takenBy: string;
    takenAt: Date;
    returnedBy: Nullable<string>;
    returnedAt: Nullable<Date>;
  };
  alarmSteps: {
    id: string;
    alarmId: string;
    at: Date;
    recordedAt: Date;
    action: string;
    fromState: Nullable<string>;
    toState: string;
    actorKind: ActorKind;
    actorId: string;
    note: Nullable<string>;
    data: Json<Record<string, unknown>>;
  };
  workOrders: {
    id: string;
    sequence: Generated<number>;
    /** None: no alarm began it. */
    incidentId: Nullable<string>;
    category: string;
    title: Json<Text>;
    instructions: Json<Text>;
    photoRequired: boolean;
    sensorVerifies: Generated<boolean>;
    acceptWithinSeconds: number;
    state: WorkOrderState;
    severity: Severity;
    areaId: string;
    dutyGridId: Nullable<string>;
    longitude: Nullable<number>;
    latitude: Nullable<number>;
    placement: Nullable<string>;
    assigneeId: Nullable<string>;
    handlerId: Nullable<string>;
    escalationLevel: Generated<number>;
    acceptBy: Nullable<Date>;
    createdAt: Date;
    updatedAt: Date;
    closedAt: Nullable<Date>;
    /** Where in its chain it stands: the step, and how often that was asked. */
    chainStep: Generated<number>;
    chainTimes: Generated<number>;
    /** Ended because its incident was merged into that of this order. */
    duplicateOf: Nullable<string>;
    source: Generated<CaseSource>;
    /** Names the case where it came from: asking again is the same case. */
    intakeKey: Nullable<string>;
    /** Who of the staff found it; alarms have no finder. */
    finderId: Nullable<string>;
    /** What the finder says. */
    description: Nullable<string>;
    /** Of its kind of work when it was registered, as are skills, checklist and proof; null: of orders older than this column. */
    limits: ColumnType<CaseLimits | null, string | null | undefined, string | null>;
    skills: Generated<string[]>;
    teamId: Nullable<string>;
    checklist: ColumnType<ChecklistItem[], string | undefined, string>;
    proof: Generated<Proof>;
    /** How long a sensor must see that it is over, or is not, before it says so; null: as its rule says. */
    sensorMinutes: Nullable<number>;
    /** Everybody who ever accepted it or helped: none of them verifies or evaluates. */
    involved: Generated<string[]>;
    /** Asked for and not answered yet. */
    extension: ColumnType<AskedExtension | null, string | null | undefined, string | null>;
    /** While suspended: the state it goes back to, and when that happens by itself. */
    suspendedFrom: Nullable<WorkOrderState>;
    resumeAt: Nullable<Date>;
    /** The clock of the present step: since when, 80 % of the limit, the limit. None: nothing runs. */
    stepStartedAt: Nullable<Date>;
    warnAt: Nullable<Date>;
    dueAt: Nullable<Date>;
    clock: ColumnType<CaseClock | null, string | null | undefined, string | null>;
    /** What was told of it: 1, the holder was warned; 2, the supervisor knows that it is over. */
    deadlineTold: Generated<number>;
    /** How well it was done, 1 to 5, as whoever evaluated it says. */
    score: Nullable<number>;
    evaluatedAt: Nullable<Date>;
  };
  workOrderSteps: {
    id: string;
    workOrderId: string;
    at: Date;
    action: string;
    fromState: Nullable<string>;
    toState: string;
    actorKind: ActorKind;
    actorId: string;
    note: Nullable<string>;
    requestId: Nullable<string>;
    data: Json<Record<string, unknown>>;
    /** The limit that stood before this step, where a clock ran. */
    dueAt: Nullable<Date>;
    /** Where the person was, if they said so. */
    longitude: Nullable<number>;
    latitude: Nullable<number>;
  };
  /** What the steps of a case say, as the order stood at `asOf`, its `updatedAt`. */
  caseFacts: {
    workOrderId: string;
    asOf: Date;
    givenAt: Nullable<Date>;
    timesGiven: number;
    acceptedAt: Nullable<Date>;
    reportedAt: Nullable<Date>;
    closedAt: Nullable<Date>;
    wasReported: Nullable<boolean>;
    wasSelfHandled: Nullable<boolean>;
    wasReworked: Nullable<boolean>;
    wasReturned: Nullable<boolean>;
    wasEscalated: Nullable<boolean>;
    wasSensorVerified: Nullable<boolean>;
    acceptEnded: Nullable<boolean>;
    acceptLate: Nullable<boolean>;
    handleEnded: Nullable<boolean>;
    handleLate: Nullable<boolean>;
    verifyEnded: Nullable<boolean>;
    verifyLate: Nullable<boolean>;
    toldAt: Nullable<Date>;
    suspended: Nullable<number>;
    suspendedHandling: number;
  };
  workOrderAnswers: {
    workOrderId: string;
    key: string;
    value: ColumnType<ChecklistValue, string, string>;
    answeredBy: string;
    answeredAt: Date;
  };
  workOrderUrges: {
    id: string;
    workOrderId: string;
    urgedBy: string;
    urgedAt: Date;
    answerBy: Date;
    note: string;
    answeredBy: Nullable<string>;
    answeredAt: Nullable<Date>;
    answer: Nullable<string>;
    /** When the managers were told that nobody answered. */
    overdueAt: Nullable<Date>;
  };
  /** Who helps with an order: a team or a person. */
  workOrderAssists: {
    id: string;
    workOrderId: string;
    teamId: Nullable<string>;
    personId: Nullable<string>;
    invitedBy: string;
    invitedAt: Date;
    note: Nullable<string>;
    state: 'open' | 'done' | 'released';
    endedBy: Nullable<string>;
    endedAt: Nullable<Date>;
    endNote: Nullable<string>;
  };
  workOrderCandidates: {
    workOrderId: string;
    level: number;
    personId: string;
    openOrders: number;
    chosen: boolean;
    reason: string;
    at: Nullable<Date>;
    facts: ColumnType<CandidateFacts | null, string | null | undefined, string | null>;
    /** In the order of the comparisons; 0 is the chosen one. */
    place: Nullable<number>;
  };
  /** Everyone who was called to a danger at once. */
  workOrderCalls: { workOrderId: string; personId: string; calledAt: Date };
  /** Of an area and a severity; the nearest ancestor's holds. */
  escalationChains: {
    areaId: string;
    severity: Severity;
    steps: ColumnType<ChainStep[], string, string>;
    updatedAt: Date;
    updatedBy: Nullable<string>;
  };
  attachments: {
    id: string;
    workOrderId: string;
    mediaType: string;
    bytes: number;
    sha256: Buffer;
    /** Who of the staff; null: a resident. */
    uploadedBy: Nullable<string>;
    residentLinkId: Nullable<string>;
    publicAt: Nullable<Date>;
    uploadedAt: Date;
    kind: Generated<AttachmentKind>;
    takenAt: Nullable<Date>;
    longitude: Nullable<number>;
    latitude: Nullable<number>;
    width: Nullable<number>;
    height: Nullable<number>;
    durationMs: Nullable<number>;
    requestId: Nullable<string>;
    thumbnailSha256: Nullable<Buffer>;
    expiredAt: Nullable<Date>;
  };
  residentPlaces: { areaId: string; code: string; reportsOpen: Generated<boolean>; madeBy: string; madeAt: Date };
  residentLinks: {
    id: string;
    workOrderId: string;
    areaId: string;
    kind: ResidentLinkKind;
    tokenHash: Nullable<Buffer>;
    locale: Locale;
    words: Nullable<string>;
    createdAt: Date;
  };
  residentPhones: { linkId: string; sealed: Buffer };
  residentMessages: {
    id: string;
    workOrderId: string;
    linkId: Nullable<string>;
    personId: Nullable<string>;
    kind: ResidentMessageKind;
    words: Nullable<string>;
    at: Date;
    requestId: string;
  };
  residentRatings: { linkId: string; workOrderId: string; score: number; words: Nullable<string>; at: Date };
  residentReads: { personId: string; workOrderId: string; seenUntil: Date };
  residentReopenings: { workOrderId: string; nextId: string; linkId: string; at: Date };
  announcements: {
    id: string;
    areaId: string;
    title: Json<Text>;
    words: Json<Text>;
    beginsAt: Date;
    endsAt: Date;
    madeBy: string;
    madeAt: Date;
  };
  /** Files on their way into the store: the bytes may be there before a row names them. */
  arrivingFiles: { sha256: Buffer; arrivedAt: Date };
  notifications: {
    id: string;
    personId: string;
    kind: string;
    workOrderId: Nullable<string>;
    eventId: string;
    createdAt: Date;
    readAt: Nullable<Date>;
    roundId: Nullable<string>;
    /** As it was told; null: by a version that told by kind and title alone. */
    message: ColumnType<Pick<StoredMessage, 'title' | 'body'> | null, string | null, string | null>;
    severity: Generated<Severity>;
    /** Called for no attention: quiet hours, or a flood. */
    quiet: Generated<boolean>;
  };
  /** Ways to tell people and programs outside of the console. */
  channels: {
    id: string;
    kind: ChannelKind;
    name: string;
    enabled: boolean;
    settings: Json<Record<string, unknown>>;
    /** Secrets of its kind as sealed JSON; none where there are none. */
    sealed: Nullable<Buffer>;
    secretsSet: string[];
    areaId: Nullable<string>;
    leastSeverity: Severity;
    topics: string[];
    createdAt: Date;
    updatedAt: Date;
  };
  /** Keys that the site made for itself. */
  siteSecrets: { name: string; public: Json<Record<string, unknown>>; sealed: Buffer; createdAt: Date };
  pushSubscriptions: {
    id: string;
    personId: string;
    /** The session that subscribed: its end by hand ends this too. */
    sessionHash: Buffer;
    endpoint: string;
    p256dh: string;
    auth: string;
    createdAt: Date;
    confirmedAt: Date;
  };
  savedFilters: {
    id: string;
    personId: string;
    page: SavedFilterPage;
    name: string;
    query: string;
    createdAt: Date;
  };
  handovers: {
    id: string;
    areaId: string;
    /** None: the control room of the area as a whole. */
    teamId: Nullable<string>;
    shiftStartsAt: Date;
    shiftEndsAt: Date;
    planned: boolean;
    state: HandoverState;
    version: Generated<number>;
    openedBy: string;
    openedAt: Date;
    giverId: Nullable<string>;
    receiverId: Nullable<string>;
    handedOverAt: Nullable<Date>;
    endedAt: Nullable<Date>;
    /** As it was when it was handed over. */
    snapshot: ColumnType<HandoverSnapshot | null, string | null | undefined, string | null>;
  };
  handoverNotes: {
    id: string;
    handoverId: string;
    itemKind: Nullable<HandoverKind>;
    itemId: Nullable<string>;
    itemTitle: ColumnType<Text | null, string | null | undefined, string | null>;
    words: string;
    byId: string;
    at: Date;
    version: Generated<number>;
    requestId: string;
  };
  handoverSteps: {
    id: string;
    handoverId: string;
    action: HandoverAction;
    at: Date;
    byId: string;
    toId: Nullable<string>;
    words: Nullable<string>;
  };
  notificationPreferences: {
    personId: string;
    channels: Json<NotificationPreferences['channels']>;
    quietHours: ColumnType<QuietHours | null, string | null, string | null>;
    updatedAt: Date;
  };
  /** Personal data: where somebody is reached. */
  personAddresses: { personId: string; kind: AddressKind; address: string; updatedAt: Date };
  deliveries: {
    id: string;
    /** Its kind and what of its address may be shown; for the webhook of the settings these and the event are the identity. */
    channel: ChannelKind;
    target: string;
    eventId: string;
    state: DeliveryState;
    attempts: Generated<number>;
    lastError: Nullable<string>;
    createdAt: Date;
    deliveredAt: Nullable<Date>;
    channelId: Nullable<string>;
    channelName: Nullable<string>;
    /** None: a group. */
    personId: Nullable<string>;
    severity: Generated<Severity>;
    message: ColumnType<StoredMessage | null, string | null | undefined, string | null>;
    heldUntil: Nullable<Date>;
    expiresAt: Nullable<Date>;
    /** Let through to its channel: what folding counts. */
    releasedAt: Nullable<Date>;
    /** The summary that tells of it. */
    foldedInto: Nullable<string>;
    /** Browsers that have it already. */
    reached: Generated<string[]>;
    /** How often a summary was told anew. */
    revision: Generated<number>;
  };
  outbox: {
    position: Generated<number>;
    id: string;
    type: EventType;
    payload: Json<Record<string, unknown>>;
    areaId: Nullable<string>;
    subjectId: string;
    personId: Nullable<string>;
    occurredAt: Date;
  };
  relayCursors: { name: string; position: number };
  exports: {
    id: string;
    personId: string;
    format: ExportFormat;
    deviceIds: string[];
    areaId: Nullable<string>;
    metrics: Nullable<string[]>;
    fromAt: Date;
    toAt: Date;
    state: 'waiting' | 'running' | 'done' | 'failed';
    progress: Generated<number>;
    rows: Generated<number>;
    bytes: Generated<number>;
    error: Nullable<string>;
    runner: Nullable<string>;
    beatAt: Nullable<Date>;
    attempts: Generated<number>;
    createdAt: Date;
    finishedAt: Nullable<Date>;
    expiresAt: Nullable<Date>;
  };
  backTests: {
    id: string;
    personId: string;
    ruleId: string;
    rule: Json<Rule>;
    /** As it is stored, not a change of it or a new one. */
    stored: boolean;
    deviceIds: string[];
    areaId: Nullable<string>;
    fromAt: Date;
    toAt: Date;
    state: 'waiting' | 'running' | 'done' | 'failed';
    progress: Generated<number>;
    readings: Generated<number>;
    result: ColumnType<BackTestResult | null, string | null | undefined, string | null>;
    error: Nullable<string>;
    runner: Nullable<string>;
    beatAt: Nullable<Date>;
    attempts: Generated<number>;
    createdAt: Date;
    finishedAt: Nullable<Date>;
    expiresAt: Nullable<Date>;
  };
  staffingPlans: {
    id: string;
    personId: string;
    areaId: string;
    question: Json<CreateStaffingPlan>;
    state: 'waiting' | 'running' | 'done' | 'failed';
    progress: Generated<number>;
    result: ColumnType<StaffingResult | null, string | null | undefined, string | null>;
    error: Nullable<string>;
    runner: Nullable<string>;
    beatAt: Nullable<Date>;
    attempts: Generated<number>;
    createdAt: Date;
    finishedAt: Nullable<Date>;
    expiresAt: Nullable<Date>;
  };
  roundPlans: {
    id: string;
    title: Json<Text>;
    areaId: string;
    recurrence: string;
    windowMinutes: number;
    assignee: Json<RoundAssignee>;
    category: string;
    enabled: boolean;
    madeUntil: Date;
    createdAt: Date;
    updatedAt: Date;
    removedAt: Nullable<Date>;
  };
  checkPoints: {
    id: string;
    planId: string;
    key: string;
    place: number;
    definition: Json<Omit<CheckPoint, 'id' | 'key' | 'codeMadeAt'>>;
    codeHash: Nullable<Buffer>;
    codeMadeAt: Nullable<Date>;
    removedAt: Nullable<Date>;
  };
  rounds: {
    id: string;
    planId: string;
    startsAt: Date;
    dueAt: Date;
    state: RoundState;
    title: Json<Text>;
    areaId: string;
    category: string;
    points: Json<Omit<CheckPoint, 'codeMadeAt'>[]>;
    assigneeId: Nullable<string>;
    holderIds: Generated<string[]>;
    startedAt: Nullable<Date>;
    endedAt: Nullable<Date>;
    endedBy: Nullable<string>;
    reminded: Generated<number>;
    required: number;
    answered: Generated<number>;
    failed: Generated<number>;
    skipped: Generated<number>;
    withoutScan: Generated<number>;
    createdAt: Date;
    updatedAt: Date;
  };
  roundAnswers: {
    id: string;
    roundId: string;
    checkPointId: string;
    itemKey: string;
    value: ColumnType<ChecklistValue | null, string | null, string | null>;
    skipped: Nullable<string>;
    failed: boolean;
    note: Nullable<string>;
    at: Date;
    receivedAt: Date;
    personId: string;
    requestId: string;
    workOrderId: Nullable<string>;
  };
  roundScans: {
    id: string;
    roundId: string;
    checkPointId: string;
    at: Date;
    receivedAt: Date;
    personId: string;
    requestId: string;
  };
  roundSteps: {
    id: string;
    roundId: string;
    action: RoundAction;
    at: Date;
    actorId: Nullable<string>;
    toId: Nullable<string>;
    note: Nullable<string>;
  };
  processReports: {
    instance: string;
    kind: ProcessKind;
    host: string;
    version: string;
    startedAt: Generated<Date>;
    reportedAt: Generated<Date>;
    stoppedAt: Nullable<Date>;
    report: Json<Record<string, unknown>>;
  };
  /** Kinds of work and the branches they hang on. */
  catalogueEntries: {
    code: string;
    parent: Nullable<string>;
    /** Null: it counts everywhere. */
    areaId: Nullable<string>;
    title: Json<Text>;
    /** Null: a branch. */
    asked: ColumnType<Asked | null, string | null, string | null>;
    domain: Nullable<string>;
    severities: Severity[];
    state: CatalogueState;
    version: number;
    /** Of the program's default that it is or was made of. */
    defaultHash: Nullable<string>;
    changed: Generated<boolean>;
    proposedBy: Nullable<string>;
    proposedAt: Nullable<Date>;
    reason: Nullable<string>;
    decidedBy: Nullable<string>;
    decidedAt: Nullable<Date>;
    decisionNote: Nullable<string>;
    updatedAt: Date;
  };
  /** When people work, of an area and all below it without one of their own. */
  calendars: {
    areaId: string;
    name: string;
    timeZone: string;
    week: Json<WorkingSpan[][]>;
    exceptions: Json<CalendarException[]>;
    revision: number;
    updatedAt: Date;
    updatedBy: string;
  };
  catalogueRevision: { onlyRow: Generated<boolean>; revision: number };
  jobs: {
    id: string;
    name: JobName;
    subject: string;
    payload: Json<Record<string, unknown>>;
    dueAt: Date;
    state: 'pending' | 'done' | 'dead' | 'cancelled';
    attempts: Generated<number>;
    lastError: Nullable<string>;
    createdAt: Date;
    finishedAt: Nullable<Date>;
    replayedAt: Nullable<Date>;
    /** Shared by jobs of one kind that were made together, until one of them failed. */
    bundle: Nullable<string>;
    /** Life and property are in danger: goes before other jobs. */
    urgent: Generated<boolean>;
  };
  /** What rules with a long memory remember of a device; `about` says what the numbers mean. */
  detectorMemory: {
    deviceId: string;
    ruleId: string;
    about: string;
    coveredUntil: Date;
    state: Json<Record<string, unknown>>;
    numbers: Buffer;
    keptAt: Date;
  };
  deadLetters: {
    id: string;
    deviceId: Nullable<string>;
    topic: string;
    payload: Buffer;
    payloadBytes: number;
    reason: string;
    detail: string;
    receivedAt: Date;
    /** Somebody asked for it to be taken in again, and it is not done yet. */
    replayAskedAt: Nullable<Date>;
    replayedAt: Nullable<Date>;
  };
  securityLog: {
    id: string;
    at: Date;
    kind: string;
    actor: string;
    remoteAddress: Nullable<string>;
    detail: string;
  };
  auditTrail: {
    sequence: number;
    at: Date;
    actorKind: ActorKind;
    actorId: string;
    action: string;
    subjectType: string;
    subjectId: string;
    change: Json<Record<string, unknown>>;
    previousHash: Buffer;
    hash: Buffer;
  };
}

export type Row<T extends keyof Database> = Selectable<Database[T]>;
export type NewRow<T extends keyof Database> = Insertable<Database[T]>;
