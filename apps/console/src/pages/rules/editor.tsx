import type { RuleDetail } from '@sc/contracts';
import { Alert, App, Button, Input, Select } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { asProblem } from '../../api/problem.js';
import { useDomains } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { Page, Panel } from '../../components/page.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/rules.css';
import { BackTestTab } from './back-test.js';
import { ConditionEditor } from './condition-editor.js';
import { Field } from './controls.js';
import { type Draft, draftOf } from './draft.js';
import { MeaningEditor } from './meaning-editor.js';
import { PlaceEditor } from './place-editor.js';
import { useIssueText } from './use-issue-text.js';
import { useRuleChanged } from './use-rule-changed.js';

interface Props {
  initial: Draft;
  /** The rule that is edited, as it is now; none: a new one is written. */
  base?: RuleDetail;
  copyOf?: string;
}

export function RuleEditor({ initial, base, copyOf }: Props) {
  const { t } = useTranslation('rules');
  const text = useText();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const changed = useRuleChanged();
  const domains = useDomains();
  const [draft, setDraft] = useState(initial);
  /** What the draft was made of: `base` goes on when somebody else saves. */
  const [basedOn, setBasedOn] = useState(base?.version);
  const [note, setNote] = useState('');
  const [broken, setBroken] = useState(false);
  const [trying, setTrying] = useState(false);
  const domain = domains.find(({ name }) => name === draft['domain']);
  const save = useMutation({
    mutationFn: () => {
      const said = note.trim() ? { note: note.trim() } : {};
      if (base && basedOn !== undefined) return api.updateRule(base.id, { rule: draft, basedOn, ...said });
      return api.createRule({ rule: draft, ...(copyOf ? { copyOf } : {}), ...said });
    },
    onSuccess: (rule) => {
      changed(rule);
      void message.success(t('saved'));
      void navigate(`/rules/${rule.id}`);
    },
  });
  const issues = save.error ? asProblem(save.error).issues : [];
  const overtaken = base !== undefined && base.version !== basedOn && !save.isPending && !save.isSuccess;
  const load = () => {
    if (!base) return;
    setDraft(draftOf(base));
    setBasedOn(base.version);
    save.reset();
  };
  const back = base ? { to: `/rules/${base.id}`, label: text(base.title) } : { to: '/rules', label: t('back') };
  return (
    <Page title={base ? t('form.editTitle') : t('form.newTitle')} back={back}>
      <div className="rule-desk" data-trying={trying}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          {overtaken && (
            <Alert
              type="warning"
              showIcon
              title={t('overtaken', { version: base.version })}
              action={<Button onClick={load}>{t('load')}</Button>}
            />
          )}
          {!base && (
            <Panel>
              <div className="rule-grid">
                <Field path="domain" label={t('domain')} issues={issues}>
                  {(id) => (
                    <Select
                      id={id}
                      style={{ width: '100%' }}
                      disabled={copyOf !== undefined}
                      value={String(draft['domain'])}
                      onChange={(value: string) => setDraft({ ...draft, domain: value })}
                      options={domains.map(({ name, title }) => ({ value: name, label: text(title) }))}
                    />
                  )}
                </Field>
                <Field path="id" label={t('id')} hint={t('form.idHint')} issues={issues}>
                  {(id) => (
                    <Input
                      id={id}
                      maxLength={64}
                      autoCapitalize="none"
                      spellCheck={false}
                      value={draft.id}
                      onChange={(event) => setDraft({ ...draft, id: event.target.value })}
                    />
                  )}
                </Field>
              </div>
            </Panel>
          )}
          <Panel title={t('condition')}>
            <ConditionEditor key={basedOn} {...{ draft, domain, issues }} onChange={setDraft} onBroken={setBroken} />
          </Panel>
          <Panel title={t('form.meaning')}>
            <MeaningEditor {...{ draft, domain, issues }} onChange={setDraft} />
          </Panel>
          <Panel title={t('form.where')}>
            <PlaceEditor key={basedOn} {...{ draft, issues }} onChange={setDraft} />
          </Panel>
          <Panel title={t('note')}>
            <Input.TextArea
              aria-label={t('note')}
              placeholder={t('noteWhy')}
              autoSize={{ minRows: 2, maxRows: 6 }}
              maxLength={1000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </Panel>
          {save.error && (issues.length > 0 ? <Issues {...{ issues }} /> : <ProblemAlert error={save.error} />)}
          <div className="row-wrap">
            <Button type="primary" htmlType="submit" loading={save.isPending} disabled={broken}>
              {base ? t('save', { version: base.version + 1 }) : t('create')}
            </Button>
            <Button onClick={() => void navigate(back.to)}>{t('cancel')}</Button>
            <Button aria-expanded={trying} onClick={() => setTrying(!trying)} disabled={broken}>
              {t('tab.backTest')}
            </Button>
          </div>
        </form>
        {trying && <BackTestTab rule={draft} changed />}
      </div>
    </Page>
  );
}

function Issues({ issues }: { issues: ReturnType<typeof asProblem>['issues'] }) {
  const { t } = useTranslation('rules');
  const issueText = useIssueText();
  return (
    <Alert
      role="alert"
      showIcon
      type="error"
      title={t('form.issues')}
      description={
        <ul className="rule-issues">
          {issues.map((issue, index) => (
            <li key={index}>
              <code>{issue.path || 'rule'}</code> {issueText(issue)}
            </li>
          ))}
        </ul>
      }
    />
  );
}
