import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { usePerson } from '../../app/session.js';
import { choiceOf, paramsOf, saysSomething, type MapChoice, type MapFilter } from './choice.js';

/**
 * What the map shows: in the address, so that a link shows the same, and kept in this browser for each person, for the next
 * time. What a popup stands open for is in the address only.
 */
export function useMapChoice(): { choice: MapChoice; filter: MapFilter; change: (part: Partial<MapChoice>) => void } {
  const [params, setParams] = useSearchParams();
  const key = `sc.map.${usePerson().id}`;
  const query = saysSomething(params) ? params.toString() : (localStorage.getItem(key) ?? '');
  const choice = useMemo(() => choiceOf(new URLSearchParams(query)), [query]);
  // Stays the same object while one only looks around: thousands of marks hang on it.
  const filterQuery = paramsOf({ ...choice, view: undefined, pick: undefined }).toString();
  const filter = useMemo(() => choiceOf(new URLSearchParams(filterQuery)), [filterQuery]);
  const change = (part: Partial<MapChoice>) => {
    const next = { ...choice, ...part };
    localStorage.setItem(key, paramsOf({ ...next, pick: undefined }).toString());
    setParams(paramsOf(next), { replace: true });
  };
  return { choice, filter, change };
}
