import { useState } from 'react';
import { usePerson } from '../app/session.js';
import type { Here } from './metres.js';

export type PositionChoice = 'allowed' | 'refused' | 'unasked';

/** Nobody waits longer than this for satellites: the step goes without. */
export const longestWaitMs = 3_500;
const freshEnoughMs = 60_000;

/** Of this person on this phone: phones are shared. */
const keyOf = (personId: string) => `sc.position.${personId}`;

/** Whether the place may be sent with steps and photos; said once, changed at any time, never needed. */
export function usePositionChoice(): {
  choice: PositionChoice;
  /** @returns whether the browser allows it too */
  allow: () => Promise<boolean>;
  refuse: () => void;
} {
  const { id } = usePerson();
  const [choice, setChoice] = useState(() => choiceOf(id));
  const keep = (made: PositionChoice) => {
    localStorage.setItem(keyOf(id), made);
    setChoice(made);
  };
  return {
    choice,
    allow: async () => {
      const answer = await locate(60_000);
      const isAllowed = answer !== 'refused';
      keep(isAllowed ? 'allowed' : 'refused');
      return isAllowed;
    },
    refuse: () => keep('refused'),
  };
}

export const mayLocate = (personId: string): boolean => choiceOf(personId) === 'allowed';

/** Where this person is now, when they allow it and the phone knows it soon. */
export async function hereNow(personId: string): Promise<Here | undefined> {
  if (!mayLocate(personId)) return undefined;
  const answer = await locate(longestWaitMs - 500);
  return typeof answer === 'string' ? undefined : answer;
}

function choiceOf(personId: string): PositionChoice {
  const kept = localStorage.getItem(keyOf(personId));
  return kept === 'allowed' || kept === 'refused' ? kept : 'unasked';
}

const locate = (timeout: number): Promise<Here | 'refused' | 'unknown'> =>
  new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve('refused');
    // Some browsers never answer a question that was closed.
    const late = setTimeout(() => resolve('unknown'), timeout + 500);
    const answer = (what: Here | 'refused' | 'unknown') => {
      clearTimeout(late);
      resolve(what);
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => answer([toMetres(coords.longitude), toMetres(coords.latitude)]),
      ({ code, PERMISSION_DENIED }) => answer(code === PERMISSION_DENIED ? 'refused' : 'unknown'),
      { enableHighAccuracy: true, timeout, maximumAge: freshEnoughMs },
    );
  });

/** Five decimals are a metre: more is noise. */
const toMetres = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
