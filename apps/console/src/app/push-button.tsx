import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelKeys } from '../api/channels.js';
import { type PushState, pushState, subscribePush, unsubscribePush } from '../lib/push-browser.js';
import { useProblemText } from '../lib/use-words.js';

const key = ['push-state'];

/** Lets this browser be told also when the page is closed. */
export function PushButton() {
  const { t } = useTranslation('channels');
  const queries = useQueryClient();
  const problemText = useProblemText();
  const state = useQuery({ queryKey: key, queryFn: pushState, staleTime: 0 }).data;
  const change = useMutation({
    mutationFn: () => (state === 'subscribed' ? unsubscribePush() : subscribePush()),
    onSuccess: (next: PushState) => {
      queries.setQueryData(key, next);
      void queries.invalidateQueries({ queryKey: channelKeys.own });
    },
  });
  if (!state) return null;
  if (state === 'unsupported') return <p className="muted">{t('own.pushNeedsHttps')}</p>;
  if (state === 'denied') return <p className="muted">{t('own.pushDenied')}</p>;
  return (
    <p>
      <button
        type="button"
        className="plain-button plain-button-quiet"
        disabled={change.isPending}
        onClick={() => change.mutate()}
      >
        {t(state === 'subscribed' ? 'own.pushOff' : 'own.push')}
      </button>
      {change.error && <span role="alert"> {problemText(change.error).line}</span>}
    </p>
  );
}
