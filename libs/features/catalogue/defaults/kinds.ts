import {
  type Asked,
  type CatalogueDraft,
  type ChecklistItem,
  type Severity,
  type StepLimit,
  type Text,
  workingDays,
} from '@sc/contracts';

/** A branch of the default catalogue. */
export const branch = (code: string, parent: string | null, title: Text): CatalogueDraft => ({
  code,
  parent,
  areaId: null,
  title,
  asked: null,
  alarms: null,
});

interface Kind {
  code: string;
  parent: string;
  title: Text;
  instructions: Text;
  severity: Severity;
  accept?: StepLimit;
  handle: StepLimit;
  verify?: StepLimit;
  checklist?: ChecklistItem[];
  proof?: Asked['proof'];
  /** Left out: residents may report it. */
  residents?: boolean;
}

/** Somebody looks at the list of what came in within half an hour of work. */
const usualAccept: StepLimit = { amount: 30, unit: 'working-minutes' };

/** A kind of work that people report: staff verify it, and a picture of before and after shows that it is done, unless said otherwise. */
export const reported = ({ code, parent, title, instructions, severity, ...rest }: Kind): CatalogueDraft => ({
  ...branch(code, parent, title),
  asked: {
    instructions,
    severity,
    limits: { accept: rest.accept ?? usualAccept, handle: rest.handle, verify: rest.verify ?? workingDays(1) },
    skills: [],
    teamId: null,
    checklist: rest.checklist ?? [],
    proof: rest.proof ?? 'before-and-after',
    verifier: 'staff',
    residents: rest.residents ?? true,
  },
});

export const ticked = (key: string, zh: string, en: string): ChecklistItem => ({
  key,
  kind: 'check',
  title: { 'zh-CN': zh, en },
  required: true,
});
export const told = (key: string, zh: string, en: string, required = false): ChecklistItem => ({
  key,
  kind: 'text',
  title: { 'zh-CN': zh, en },
  required,
});
