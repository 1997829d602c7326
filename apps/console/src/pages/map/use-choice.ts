import { useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { usePerson } from '../../app/session.js';
import { choiceOf, paramsOf, saysSomething, type MapChoice, type MapFilter } from './choice.js';

/** A part, or what makes it of what is chosen now. */
export type ChoiceChange = Partial<MapChoice> | ((now: MapChoice) => Partial<MapChoice>);

/**
 * What the map shows: in the address, so that a link shows the same, and kept in this browser for each person, for the next
 * time. What a popup stands open for is in the address only.
 */
export function useMapChoice(): { choice: MapChoice; filter: MapFilter; change: (part: ChoiceChange) => void } {
  const [params, setParams] = useSearchParams();
  const key = `sc.map.${usePerson().id}`;
  const query = saysSomething(params) ? params.toString() : (localStorage.getItem(key) ?? '');
  const choice = useMemo(() => choiceOf(new URLSearchParams(query)), [query]);
  // Stays the same object while one only looks around: thousands of marks hang on it.
  const filterQuery = paramsOf({ ...choice, view: undefined, pick: undefined }).toString();
  const filter = useMemo(() => choiceOf(new URLSearchParams(filterQuery)), [filterQuery]);
  // Changes may come faster than the address takes them: none may be lost, and an own one that arrives late is no news.
  const latest = useRef(choice);
  const own = useRef(new Set<string>());
  useEffect(() => {
    if (!own.current.delete(query)) latest.current = choice;
  }, [query, choice]);
  const change = (part: ChoiceChange) => {
    const next = { ...latest.current, ...(typeof part === 'function' ? part(latest.current) : part) };
    latest.current = next;
    localStorage.setItem(key, paramsOf({ ...next, pick: undefined }).toString());
    own.current.add(paramsOf(next).toString());
    setParams(paramsOf(next), { replace: true });
  };
  return { choice, filter, change };
}
