import type { ConditionKind, Domain, RuleIssue } from '@sc/contracts';
import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type rules from '../../locales/en/rules.js';
import { useText } from '../../lib/use-words.js';
import { DurationInput, Field } from './controls.js';
import { type Draft, valueAt, withValue } from './draft.js';
import { type ConditionField, conditionFields, newCondition } from './fields.js';

interface Props {
  draft: Draft;
  domain: Domain | undefined;
  issues: readonly RuleIssue[];
  onChange: (draft: Draft) => void;
  /** The text is no JSON at present: nothing can be saved. */
  onBroken: (broken: boolean) => void;
}

const kinds = Object.keys(newCondition) as ConditionKind[];

/** Fields with units for the plain kinds, JSON for those with lists within lists. */
export function ConditionEditor({ draft, domain, issues, onChange, onBroken }: Props) {
  const { t } = useTranslation('rules');
  const kind = String(valueAt(draft, 'condition.kind')) as ConditionKind;
  const fields = conditionFields[kind];
  const choices = kinds.includes(kind) ? kinds : [...kinds, kind];
  return (
    <div className="rule-grid">
      <Field path="condition.kind" label={t('form.kind')} issues={issues}>
        {(id) => (
          <Select
            id={id}
            style={{ width: '100%' }}
            value={kind}
            onChange={(next: ConditionKind) => {
              onBroken(false);
              onChange({ ...draft, condition: { kind: next, ...newCondition[next] } });
            }}
            options={choices.map((value) => ({ value, label: t(`kind.${value as keyof typeof rules.kind}`) }))}
          />
        )}
      </Field>
      {fields?.map((field) => (
        <ConditionInput
          // another kind has other units, metrics and choices under the same names
          key={`${kind} ${field.name}`}
          field={field}
          {...{ draft, domain, issues, onChange }}
        />
      ))}
      {!fields && <JsonCondition key={kind} {...{ draft, issues, onChange, onBroken }} />}
    </div>
  );
}

interface InputProps extends Omit<Props, 'onBroken'> {
  field: ConditionField;
}

function ConditionInput({ field, draft, domain, issues, onChange }: InputProps) {
  const { t } = useTranslation('rules');
  const text = useText();
  const path = `condition.${field.name}`;
  const label = t(`field.${field.name}`);
  const value = valueAt(draft, path);
  const set = (next: unknown) => onChange(withValue(draft, path, next ?? undefined));
  const isShare = valueAt(draft, 'condition.of') !== undefined;
  const metric = domain?.metrics[String(valueAt(draft, 'condition.metric'))];
  const unit = isShare ? '' : (metric?.unit ?? '');
  const control = (id: string) => {
    switch (field.as) {
      case 'metric':
      case 'state-metric': {
        const wanted = field.as === 'metric' ? ['number', 'boolean'] : ['boolean'];
        const options = Object.entries(domain?.metrics ?? {})
          .filter(([, one]) => wanted.includes(one.type) || (one.alsoType && wanted.includes(one.alsoType)))
          .map(([name, one]) => ({ value: name, label: `${text(one.title)} (${name})` }));
        const chosen = typeof value === 'string' ? value : undefined;
        return (
          <Select
            id={id}
            style={{ width: '100%' }}
            allowClear={field.optional ?? false}
            value={chosen}
            onChange={set}
            options={options}
          />
        );
      }
      case 'direction':
        return (
          <Select
            id={id}
            style={{ width: '100%' }}
            value={value as string | undefined}
            onChange={set}
            options={field.choices?.map((choice) => ({ value: choice, label: t(`direction.${choice}`) }))}
          />
        );
      case 'yes-no':
        return (
          <Select
            id={id}
            style={{ width: '100%' }}
            value={value as boolean | undefined}
            onChange={set}
            options={[
              { value: true, label: t('yes') },
              { value: false, label: t('no') },
            ]}
          />
        );
      case 'events':
        return (
          <Select
            id={id}
            mode="multiple"
            style={{ width: '100%' }}
            value={(value as string[] | undefined) ?? []}
            onChange={set}
            options={Object.entries(domain?.events ?? {}).map(([type, { title }]) => ({
              value: type,
              label: `${text(title)} (${type})`,
            }))}
          />
        );
      case 'duration':
        return <DurationInput id={id} label={label} value={value as number | undefined} onChange={set} />;
      default:
        return (
          <InputNumber
            id={id}
            style={{ width: '100%' }}
            value={(value as number | undefined) ?? null}
            onChange={set}
            suffix={field.as === 'pace' ? `${unit}/min` : field.as === 'level' ? unit : undefined}
          />
        );
    }
  };
  return (
    <Field path={path} label={label} issues={issues}>
      {control}
    </Field>
  );
}

function JsonCondition({ draft, issues, onChange, onBroken }: Omit<Props, 'domain'>) {
  const { t } = useTranslation('rules');
  const [written, setWritten] = useState(() => JSON.stringify(draft['condition'], null, 2));
  const [problem, setProblem] = useState<string>();
  const write = (next: string) => {
    setWritten(next);
    try {
      onChange({ ...draft, condition: JSON.parse(next) as unknown });
      setProblem(undefined);
      onBroken(false);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      onBroken(true);
    }
  };
  return (
    <Field path="condition" label={t('form.json')} hint={t('form.jsonHint')} issues={issues} wide>
      {(id) => (
        <>
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 8, maxRows: 28 }}
            spellCheck={false}
            style={{ fontFamily: 'monospace', fontSize: 12 }}
            value={written}
            onChange={(event) => write(event.target.value)}
          />
          {problem && (
            <div className="rule-field-issue" role="alert">
              {t('form.jsonWrong', { message: problem })}
            </div>
          )}
        </>
      )}
    </Field>
  );
}
