import type { OrderResidents } from '@sc/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { residentKeys, residentsApi } from '../../api/residents.js';

/** Moments at which residents said what this person has not had on the screen. */
export const unreadOf = ({ messages, links }: OrderResidents): string[] => [
  ...messages.filter(({ unread }) => unread).map(({ at }) => at),
  ...links.flatMap(({ rating }) => (rating?.unread ? [rating.at] : [])),
];

/**
 * Tells the platform once the person had what is new on the screen. What was new when the page was opened keeps its mark until it is
 * left: it would vanish while it is read.
 */
export function useSeen(orderId: string, data: OrderResidents) {
  const queries = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(() => new Set(unreadOf(data)));
  const unread = unreadOf(data).filter((at) => !fresh.has(at));
  if (unread.length) setFresh(new Set([...fresh, ...unread]));
  const newest = unreadOf(data).toSorted().at(-1);
  const { mutate } = useMutation({
    mutationFn: (until: string) => residentsApi.seen(orderId, until),
    onSuccess: (next) => queries.setQueryData(residentKeys.ofOrder(orderId), next),
  });
  useEffect(() => {
    if (!newest || !box.current) return;
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      mutate(newest);
    });
    seen.observe(box.current);
    return () => seen.disconnect();
  }, [newest, mutate]);
  return { box, isFresh: (at: string) => fresh.has(at) };
}
