import type { Person, Role } from '@sc/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, lazy, Suspense, useContext, useEffect, useState, type ReactNode } from 'react';
import { noPlaceWhileHidden } from '../api/attendance.js';
import { LiveContext, LiveStream } from '../api/live.js';
import { asProblem } from '../api/problem.js';
import { sessionApi, sessionQuery } from '../api/session.js';
import { chosenLocale } from '../i18n/choice.js';
import { applyLocale, moreTexts } from '../i18n/index.js';
import { lastPersonKey } from './last-person.js';
import { PlainMessage } from './plain-message.js';

/** Whoever is logged in needs none of it. */
const LoadedEntrance = lazy(async () => {
  const [{ Entrance }] = await Promise.all([import('./entrance.js'), moreTexts()]);
  return { default: Entrance };
});
const push = () => import('../lib/push-browser.js');

const PersonContext = createContext<Person | null>(null);

export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (!person) throw new Error('usePerson needs a session');
  return person;
}
export const useMay = (...roles: Role[]): boolean => roles.includes(usePerson().role);

/** The person last seen on this phone: lets the field app open without a network. Holds no secret. */
const rememberedPerson = (): Person | undefined => {
  try {
    return JSON.parse(localStorage.getItem(lastPersonKey) ?? '') as Person;
  } catch {
    return undefined;
  }
};
const remember = (person: Person | undefined): void => {
  if (person) localStorage.setItem(lastPersonKey, JSON.stringify(person));
  else localStorage.removeItem(lastPersonKey);
};

interface GateProps {
  children: ReactNode;
  offline?: boolean;
  /** In place of the login. */
  entrance?: ReactNode;
}

/** Shows the children to whom is logged in, and the login to everybody else. */
export function SessionGate({ children, offline = false, entrance = <Entrance /> }: GateProps) {
  const session = useQuery(sessionQuery);
  const problem = session.error ? asProblem(session.error) : undefined;
  // On a phone nobody waits for the answer of a bad network to be let in again.
  const [remembered] = useState(() => (offline ? rememberedPerson() : undefined));
  const person = session.data?.person ?? (!problem || problem.mayHeal ? remembered : undefined);
  if (person && problem?.code !== 'not-authenticated')
    return (
      <Inside key={person.id} person={person} isPhone={offline}>
        {children}
      </Inside>
    );
  if (session.isPending) return <PlainMessage kind="loading" />;
  if (problem?.code === 'not-authenticated') return entrance;
  return <PlainMessage kind="problem" error={session.error} onRetry={() => void session.refetch()} />;
}

/** The login, or the first setup. */
export const Entrance = () => (
  <Suspense fallback={<PlainMessage kind="loading" />}>
    <LoadedEntrance />
  </Suspense>
);

function Inside({ person, isPhone, children }: { person: Person; isPhone: boolean; children: ReactNode }) {
  const queries = useQueryClient();
  const [live] = useState(() => new LiveStream(queries, undefined, isPhone ? noPlaceWhileHidden : undefined));
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  useEffect(() => {
    remember(person);
    if (!chosenLocale()) void applyLocale(person.locale);
  }, [person]);
  // What this browser is told by push is told to who is logged in. Without a network it stays as it was.
  useEffect(
    () =>
      void push()
        .then(({ keepPush }) => keepPush())
        .catch(() => undefined),
    [person.id],
  );
  return (
    <PersonContext.Provider value={person}>
      <LiveContext.Provider value={live}>{children}</LiveContext.Provider>
    </PersonContext.Provider>
  );
}

/** Ends the session here and at the platform; what is not sent yet stays on the phone. */
export function useLogout(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await push()
      .then(({ dropPush }) => dropPush())
      .catch(() => undefined);
    await sessionApi.logout().catch(() => undefined);
    remember(undefined);
    queries.clear();
    window.location.assign(window.location.pathname.startsWith('/field') ? '/field' : '/');
  };
}
