import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLiveEvents } from '../../api/live.js';
import { MapChanges } from './changes.js';

/** Keeps the marks as they are now for as long as the map is open. */
export function useMapLive(): void {
  const queries = useQueryClient();
  const follow = useLiveEvents();
  useEffect(() => {
    const changes = new MapChanges(queries);
    const leave = follow(changes.take);
    return () => {
      leave();
      changes.stop();
    };
  }, [queries, follow]);
}
