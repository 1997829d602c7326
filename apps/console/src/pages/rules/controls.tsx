import type { RuleIssue } from '@sc/contracts';
import { InputNumber, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { issuesAt } from './draft.js';
import { useIssueText } from './use-issue-text.js';

interface FieldProps {
  path: string;
  label: string;
  hint?: string;
  issues: readonly RuleIssue[];
  wide?: boolean;
  /** Gets the id that the label points to. */
  children: (id: string) => ReactNode;
}

/** A control with its name, a hint, and what is wrong with what it holds. */
export function Field({ path, label, hint, issues, wide = false, children }: FieldProps) {
  const id = useId();
  const issueText = useIssueText();
  const own = issuesAt(issues, path);
  return (
    <div className={wide ? 'rule-field rule-wide-field' : 'rule-field'}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <div className="rule-field-hint">{hint}</div>}
      {own.map((issue, index) => (
        <div key={index} className="rule-field-issue" role="alert">
          {issue.path !== path && <code>{issue.path}</code>} {issueText(issue)}
        </div>
      ))}
    </div>
  );
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;
type Unit = (typeof units)[number][0];
const msOf = (unit: Unit): number => units.find(([name]) => name === unit)![1];

interface DurationProps {
  id: string;
  label: string;
  value: number | undefined;
  onChange: (ms: number | undefined) => void;
}

/** A time in the unit a person would use; milliseconds are for machines. */
export function DurationInput({ id, label, value, onChange }: DurationProps) {
  const { t } = useTranslation('rules');
  const [unit, setUnit] = useState<Unit>(() => unitFor(value));
  return (
    <div className="rule-duration">
      <InputNumber
        id={id}
        min={0}
        value={value === undefined ? null : value / msOf(unit)}
        onChange={(n) => onChange(n === null ? undefined : Math.round(n * msOf(unit)))}
      />
      <Select
        aria-label={`${label}: ${t(`form.unit.${unit}`)}`}
        value={unit}
        onChange={(next: Unit) => {
          if (value !== undefined) onChange(Math.round((value / msOf(unit)) * msOf(next)));
          setUnit(next);
        }}
        options={units.map(([name]) => ({ value: name, label: t(`form.unit.${name}`) }))}
      />
    </div>
  );
}

/** The largest unit in which it is a whole number. */
const unitFor = (ms: number | undefined): Unit =>
  ms ? (units.find(([, size]) => ms % size === 0)?.[0] ?? 's') : 'min';
