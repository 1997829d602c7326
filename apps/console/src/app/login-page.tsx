import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/keys.js';
import { sessionApi, siteQuery } from '../api/session.js';
import { useProblemText } from '../lib/use-words.js';
import { LocaleSwitch } from './locale-switch.js';

/** Plain markup on purpose: the phone and the desk share it, and it must load at once. */
export function LoginPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const site = useQuery(siteQuery);
  const problemText = useProblemText();
  const [missing, setMissing] = useState(false);
  const login = useMutation({
    mutationFn: sessionApi.login,
    onSuccess: (session) => {
      // Nothing of the person before may be seen; the session itself is observed and must stay.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'site' && queryKey[0] !== 'session' });
      queries.setQueryData(keys.session, session);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const credentials = { login: String(form.get('login')).trim(), password: String(form.get('password')) };
    setMissing(!credentials.login || !credentials.password);
    if (credentials.login && credentials.password && !login.isPending) login.mutate(credentials);
  };
  const failure = login.error ? problemText(login.error) : undefined;
  return (
    <main className="login">
      <form className="login-card" onSubmit={submit} noValidate>
        <header className="login-head">
          <img src="/icon.svg" alt="" width={40} height={40} />
          <h1>{t('name')}</h1>
          <LocaleSwitch />
        </header>
        <label htmlFor="login">{t('login.user')}</label>
        <input
          id="login"
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
        />
        <label htmlFor="password">{t('login.password')}</label>
        <input id="password" name="password" type="password" autoComplete="current-password" maxLength={256} />
        <div className="login-problem" role="alert">
          {missing ? t('login.required') : failure && [failure.title, failure.detail].filter(Boolean).join(' ')}
        </div>
        <button type="submit" className="plain-button" disabled={login.isPending}>
          {login.isPending ? t('login.busy') : t('login.submit')}
        </button>
        {site.data?.demo && <p className="login-hint">{t('login.demo')}</p>}
      </form>
    </main>
  );
}
