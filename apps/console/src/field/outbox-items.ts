import type {
  AnswerRound,
  AttachmentKind,
  PersonWorkOrderAction,
  ReportCaseInput,
  ScanCheckPoint,
  TellResidents,
  Text,
  WorkOrderActionRequest,
} from '@sc/contracts';

export interface OutboxPhoto {
  blob: Blob;
  /** What it shows; what was kept before photos had a kind has none. */
  kind?: AttachmentKind;
  /** Where it was taken, when the officer allows it. */
  position?: [number, number];
  /** Set once the platform has it: a photo is uploaded once even when the action has to be repeated. */
  attachmentId?: string;
}

/** What single steps need besides words and photos. */
export type StepDetails = Pick<WorkOrderActionRequest, 'answers' | 'limit' | 'until'>;

interface Kept {
  /** Also the request's id at the platform: sent twice it is one. */
  requestId: string;
  personId: string;
  createdAt: number;
  /** `refused`: the platform said no; a person has to look. */
  state: 'waiting' | 'refused';
  problem?: string;
}

interface OnSite extends Kept {
  /** Where the officer was when they took the step, when they allow it. */
  position?: [number, number];
  photos: OutboxPhoto[];
  /** Until then the phone may still find out where it is; after that it goes without. */
  locatingUntil?: number;
}

/** A step of an order. What was kept before cases waited too has no `kind`. */
export interface OutboxStep extends OnSite {
  kind?: 'step';
  workOrderId: string;
  workOrderNumber: string;
  action: PersonWorkOrderAction;
  note?: string;
  details?: StepDetails;
}

/** Something an officer found; an order once the platform has it. */
export interface OutboxCase extends OnSite {
  kind: 'case';
  title: Text;
  body: Omit<ReportCaseInput, 'key' | 'position'>;
  /** Set once the platform has opened it: its photos follow. */
  workOrderId?: string;
}

/** The code of a check point that was read: somebody is there. */
export interface OutboxScan extends Kept {
  kind: 'scan';
  body: Omit<ScanCheckPoint, 'requestId'>;
  /** Of the round this phone knew the code of. */
  roundId?: string;
  checkPointId?: string;
}

/** What was found at a check point. */
export interface OutboxAnswers extends Kept {
  kind: 'answers';
  roundId: string;
  /** The check point, by name. */
  place: Text;
  body: Omit<AnswerRound, 'requestId'>;
}

/** What the residents of a case are asked or told. */
export interface OutboxWords extends Kept {
  kind: 'words';
  workOrderId: string;
  workOrderNumber: string;
  body: Omit<TellResidents, 'requestId'>;
}

/** One intention of the officer, kept until the platform has answered. */
export type OutboxItem = OutboxStep | OutboxCase | OutboxScan | OutboxAnswers | OutboxWords;

export const isStep = (item: OutboxItem): item is OutboxStep => item.kind === undefined || item.kind === 'step';
export const isCase = (item: OutboxItem): item is OutboxCase => item.kind === 'case';

/** What has to arrive one after the other. Acts of rounds may come in any order, so a refused one holds nothing back. */
export function subjectOf(item: OutboxItem): string {
  if (item.kind === 'scan' || item.kind === 'answers') return item.requestId;
  if (item.kind === 'words') return `${item.workOrderId}/residents`;
  return item.workOrderId ?? item.requestId;
}

export const photosOf = (item: OutboxItem): readonly OutboxPhoto[] => ('photos' in item ? item.photos : []);
