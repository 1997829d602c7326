import { certaintySchema, type Domain, type RuleIssue, severities, urgencySchema } from '@sc/contracts';
import { Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useText } from '../../lib/use-words.js';
import { Field } from './controls.js';
import { type Draft, valueAt, withValue } from './draft.js';

interface Props {
  draft: Draft;
  domain: Domain | undefined;
  issues: readonly RuleIssue[];
  onChange: (draft: Draft) => void;
}

const texts = [
  ['title.zh-CN', 'form.titleZh'],
  ['title.en', 'form.titleEn'],
  ['guidance.zh-CN', 'form.guidanceZh'],
  ['guidance.en', 'form.guidanceEn'],
  ['source.zh-CN', 'form.sourceZh', 'form.sourceHint'],
  ['source.en', 'form.sourceEn'],
] as const;

/** What an alarm of the rule says to people, and whom it asks. */
export function MeaningEditor({ draft, domain, issues, onChange }: Props) {
  const { t } = useTranslation(['rules', 'words']);
  const text = useText();
  const written = (path: string) => String(valueAt(draft, path) ?? '');
  const set = (path: string, value: unknown) => onChange(withValue(draft, path, value));
  const choice = (name: 'severity' | 'urgency' | 'certainty', options: { value: string; label: string }[]) => (
    <Field path={name} label={t(`field.${name}`)} issues={issues}>
      {(id) => (
        <Select
          id={id}
          style={{ width: '100%' }}
          value={written(name)}
          onChange={(value: string) => set(name, value)}
          options={options}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="rule-grid rule-wide">
        {texts.map(([path, label, hint]) => (
          <Field key={path} path={path} label={t(label)} hint={hint && t(hint)} issues={issues}>
            {(id) => (
              <Input.TextArea
                id={id}
                autoSize={{ minRows: path.startsWith('title') ? 1 : 2, maxRows: 6 }}
                maxLength={500}
                value={written(path)}
                onChange={(event) => set(path, event.target.value)}
              />
            )}
          </Field>
        ))}
      </div>
      <div className="rule-grid">
        {choice(
          'severity',
          severities.map((value) => ({ value, label: t(`words:severity.${value}`) })),
        )}
        {choice(
          'urgency',
          urgencySchema.options.map((value) => ({ value, label: t(`words:urgency.${value}`) })),
        )}
        {choice(
          'certainty',
          certaintySchema.options.map((value) => ({ value, label: t(`words:certainty.${value}`) })),
        )}
        <Field path="workOrderCategory" label={t('form.category')} hint={t('form.categoryHint')} issues={issues}>
          {(id) => (
            <Select
              id={id}
              style={{ width: '100%' }}
              allowClear
              value={valueAt(draft, 'workOrderCategory') as string | undefined}
              onChange={(value?: string) => set('workOrderCategory', value)}
              options={domain?.workOrders.map(({ category, title }) => ({ value: category, label: text(title) }))}
            />
          )}
        </Field>
        <Field path="suppressionGroup" label={t('field.suppressionGroup')} issues={issues}>
          {(id) => (
            <Input
              id={id}
              maxLength={64}
              autoCapitalize="none"
              spellCheck={false}
              value={written('suppressionGroup')}
              onChange={(event) => set('suppressionGroup', event.target.value || undefined)}
            />
          )}
        </Field>
      </div>
      <div className="row-wrap">
        <Checkbox
          checked={valueAt(draft, 'workOrder') === true}
          onChange={(event) => set('workOrder', event.target.checked)}
        >
          {t('field.workOrder')}
        </Checkbox>
        <Checkbox
          checked={valueAt(draft, 'latching') === true}
          onChange={(event) => set('latching', event.target.checked || undefined)}
        >
          {t('field.latching')}
        </Checkbox>
        <Checkbox
          checked={valueAt(draft, 'enabled') === true}
          onChange={(event) => set('enabled', event.target.checked)}
        >
          {t('field.enabled')}
        </Checkbox>
      </div>
    </>
  );
}
