import { topAreaKinds, type Locale, type Setup } from '@sc/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ComponentProps, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/keys.js';
import { asProblem } from '../api/problem.js';
import { sessionApi } from '../api/session.js';
import { useProblemText } from '../lib/use-words.js';
import { LocaleSwitch } from './locale-switch.js';
import { mistakesOf, type SetupField } from './setup-fields.js';

/** The first visit of a site without an administrator. Plain markup, as the login has it. */
export function SetupPage() {
  const { t, i18n } = useTranslation(['site', 'app', 'words']);
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [mistakes, setMistakes] = useState<ReturnType<typeof mistakesOf>>({});
  const setUp = useMutation({
    mutationFn: (body: Setup) => sessionApi.setUp(body),
    onSuccess: (session) => queries.setQueryData(keys.session, session),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const fields = Object.fromEntries([...form].map(([key, value]) => [key, String(value)])) as Record<
      SetupField,
      string
    >;
    const found = mistakesOf(fields);
    setMistakes(found);
    const first = Object.keys(found)[0];
    if (first) return event.currentTarget.querySelector<HTMLElement>(`#setup-${first}`)?.focus();
    const [zh, en] = [fields.areaZh.trim(), fields.areaEn.trim()];
    if (!setUp.isPending)
      setUp.mutate({
        code: fields.code,
        login: fields.login.trim(),
        name: fields.name.trim(),
        password: fields.password,
        locale: i18n.language as Locale,
        area: {
          id: fields.areaId.trim(),
          kind: fields.kind as (typeof topAreaKinds)[number],
          name: { 'zh-CN': zh || en, en: en || zh },
        },
      });
  };
  const field = (name: SetupField, label: string, hint?: string, extra: InputExtra = {}) => (
    <SetupInput key={name} name={name} label={label} hint={hint} mistake={mistakes[name]} {...extra} />
  );
  return (
    <main className="login">
      <form className="login-card setup-card" onSubmit={submit} noValidate>
        <header className="login-head">
          <img src="/icon.svg" alt="" width={40} height={40} />
          <h1>{t('setup.title')}</h1>
          <LocaleSwitch />
        </header>
        <p className="setup-about">{t('setup.about')}</p>
        {field('code', t('setup.code'), t('setup.codeHint'), { autoComplete: 'off', className: 'setup-code' })}
        <fieldset>
          <legend>{t('setup.you')}</legend>
          {field('name', t('setup.name'), undefined, { autoComplete: 'name', maxLength: 120 })}
          {field('login', t('setup.login'), t('setup.loginHint'), { autoComplete: 'username', maxLength: 64 })}
          {field('password', t('setup.password'), t('setup.passwordHint'), {
            type: 'password',
            autoComplete: 'new-password',
            maxLength: 256,
          })}
          {field('repeat', t('setup.repeat'), undefined, {
            type: 'password',
            autoComplete: 'new-password',
            maxLength: 256,
          })}
        </fieldset>
        <fieldset>
          <legend>{t('setup.site')}</legend>
          <label htmlFor="setup-kind">{t('setup.kind')}</label>
          <select id="setup-kind" name="kind">
            {topAreaKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`words:areaKind.${kind}`)}
              </option>
            ))}
          </select>
          {field('areaZh', t('setup.areaZh'), undefined, { maxLength: 500, autoComplete: 'off' })}
          {field('areaEn', t('setup.areaEn'), t('setup.areaEnHint'), { maxLength: 500, autoComplete: 'off' })}
          {field('areaId', t('setup.areaId'), t('setup.areaIdHint'), { maxLength: 64, autoComplete: 'off' })}
        </fieldset>
        <div className="login-problem" role="alert">
          {setUp.error && failureText()}
        </div>
        <button type="submit" className="plain-button" disabled={setUp.isPending}>
          {setUp.isPending ? t('setup.busy') : t('setup.submit')}
        </button>
      </form>
    </main>
  );

  function failureText(): string {
    const { code } = asProblem(setUp.error);
    if (code === 'wrong-credentials') return t('setup.problem.code');
    if (code === 'conflict') return t('setup.problem.closed');
    const { title, detail } = problemText(setUp.error);
    return [title, detail].filter(Boolean).join(' ');
  }
}

type InputExtra = Omit<ComponentProps<'input'>, 'name'>;

interface InputProps extends InputExtra {
  name: SetupField;
  label: string;
  hint?: string;
  mistake?: ReturnType<typeof mistakesOf>[SetupField];
}

function SetupInput({ name, label, hint, mistake, ...rest }: InputProps) {
  const { t } = useTranslation('site');
  const id = `setup-${name}`;
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={mistake ? true : undefined}
        aria-describedby={hint || mistake ? `${id}-hint` : undefined}
        {...rest}
      />
      {(mistake || hint) && (
        <span id={`${id}-hint`} className={mistake ? 'setup-mistake' : 'setup-hint'}>
          {mistake ? t(`setup.problem.${mistake}`) : hint}
        </span>
      )}
    </>
  );
}
