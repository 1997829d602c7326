import { newPasswordSchema } from '@sc/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/keys.js';
import { asProblem } from '../api/problem.js';
import { sessionApi } from '../api/session.js';
import { useProblemText } from '../lib/use-words.js';
import { usePerson } from './session.js';

type Mistake = 'required' | 'short' | 'login' | 'same' | 'repeat';

function mistakeOf(login: string, current: string, next: string, repeat: string): Mistake | undefined {
  if (!current || !next) return 'required';
  if (!newPasswordSchema.safeParse(next).success) return 'short';
  if (next.toLowerCase() === login.toLowerCase()) return 'login';
  if (next === current) return 'same';
  return next === repeat ? undefined : 'repeat';
}

/** The browser's own dialog: the phone and the desk share it, and it keeps the keyboard inside by itself. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['site', 'app']);
  const { login } = usePerson();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const dialog = useRef<HTMLDialogElement>(null);
  const [mistake, setMistake] = useState<Mistake>();
  useEffect(() => dialog.current?.showModal(), []);
  const change = useMutation({
    mutationFn: sessionApi.changePassword,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.session }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [current, next, repeat] = ['current', 'next', 'repeat'].map((name) => String(form.get(name))) as [
      string,
      string,
      string,
    ];
    const found = mistakeOf(login, current, next, repeat);
    setMistake(found);
    if (!found && !change.isPending) change.mutate({ current, next });
  };
  return (
    <dialog ref={dialog} className="password-dialog" aria-labelledby="password-title" onClose={onClose}>
      <form className="password-form" onSubmit={submit} noValidate>
        <h2 id="password-title">{t('password.title')}</h2>
        {change.isSuccess ? (
          <p role="status">{t('password.done')}</p>
        ) : (
          <>
            {/* For the browser's keeper of passwords: whose it is. */}
            <input type="text" name="username" autoComplete="username" defaultValue={login} hidden readOnly />
            <PasswordField name="current" label={t('password.current')} autoComplete="current-password" />
            <PasswordField name="next" label={t('password.next')} hint={t('setup.passwordHint')} />
            <PasswordField name="repeat" label={t('password.repeat')} />
            <p className="muted">{t('password.others')}</p>
            <div className="login-problem" role="alert">
              {mistake ? t(`password.mistake.${mistake}`) : change.error && failureText(change.error)}
            </div>
          </>
        )}
        <div className="password-buttons">
          <button type="button" className="plain-button plain-button-quiet" onClick={() => dialog.current?.close()}>
            {change.isSuccess ? t('app:close') : t('app:cancel')}
          </button>
          {!change.isSuccess && (
            <button type="submit" className="plain-button" disabled={change.isPending}>
              {t('password.submit')}
            </button>
          )}
        </div>
      </form>
    </dialog>
  );

  function failureText(error: unknown): string {
    if (asProblem(error).code === 'wrong-credentials') return t('password.mistake.wrong');
    return problemText(error).line;
  }
}

interface FieldProps {
  name: 'current' | 'next' | 'repeat';
  label: string;
  hint?: string;
  autoComplete?: 'current-password' | 'new-password';
}

function PasswordField({ name, label, hint, autoComplete = 'new-password' }: FieldProps) {
  const id = `password-${name}`;
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="password"
        autoComplete={autoComplete}
        maxLength={256}
        aria-describedby={hint && `${id}-hint`}
      />
      {hint && (
        <span id={`${id}-hint`} className="setup-hint">
          {hint}
        </span>
      )}
    </>
  );
}
