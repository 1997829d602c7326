import {
  addressKinds,
  notificationPreferencesSchema,
  type NotificationPreferences,
  type OwnNotifications,
  type PersonAddresses,
  personAddressesSchema,
  type PersonalChannelKind,
  severities,
} from '@sc/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKeys, channelsApi, ownAddressesQuery, ownNotificationsQuery } from '../api/channels.js';
import { useSiteTime } from '../lib/site-time.js';
import { useProblemText } from '../lib/use-words.js';
import '../styles/channels.css';
import { PushButton } from './push-button.js';

/** What I want to be told by what. The browser's own dialog: the phone and the desk share it. */
export function NotificationsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['channels', 'app']);
  const dialog = useRef<HTMLDialogElement>(null);
  const own = useQuery(ownNotificationsQuery);
  const addresses = useQuery(ownAddressesQuery);
  const problemText = useProblemText();
  useEffect(() => dialog.current?.showModal(), []);
  const error = own.error ?? addresses.error;
  return (
    <dialog ref={dialog} className="password-dialog own-notifications" aria-labelledby="own-title" onClose={onClose}>
      <div className="password-form">
        <h2 id="own-title">{t('own.title')}</h2>
        {own.data && addresses.data ? (
          <Forms own={own.data} addresses={addresses.data} />
        ) : (
          <p role="status">{error ? problemText(error).line : t('app:loading')}</p>
        )}
        <div className="password-buttons">
          <button type="button" className="plain-button plain-button-quiet" onClick={() => dialog.current?.close()}>
            {t('app:close')}
          </button>
        </div>
      </div>
    </dialog>
  );
}

function Forms({ own, addresses }: { own: OwnNotifications; addresses: PersonAddresses }) {
  const { t } = useTranslation(['channels', 'words']);
  const { timeZone } = useSiteTime();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [mistake, setMistake] = useState<string>();
  const save = useMutation({
    mutationFn: async (all: { preferences: NotificationPreferences; addresses: PersonAddresses }) => {
      await channelsApi.saveAddresses(all.addresses);
      await channelsApi.saveOwn(all.preferences);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: channelKeys.own }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = Object.fromEntries(addressKinds.map((kind) => [kind, String(form.get(kind) ?? '').trim() || null]));
    if (!form.get('quietFrom') !== !form.get('quietTo')) return setMistake(t('own.quietBoth'));
    const given = personAddressesSchema.safeParse(typed);
    const wanted = notificationPreferencesSchema.safeParse(preferencesOf(form, own, timeZone));
    if (!given.success) {
      const kind = String(given.error.issues[0]?.path[0]) as (typeof addressKinds)[number];
      return setMistake(t('own.badAddress', { what: t(`own.${kind}`) }));
    }
    if (!wanted.success) return setMistake(t('own.needsOne'));
    setMistake(undefined);
    if (!save.isPending) save.mutate({ preferences: wanted.data, addresses: given.data });
  };
  const { preferences, available } = own;
  const quiet = preferences.quietHours;
  return (
    <form onSubmit={submit} noValidate>
      <p className="muted">{t('own.intro')}</p>
      {available.length === 0 ? (
        <p>{t('own.noChannels')}</p>
      ) : (
        <div className="own-table">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('own.when')}</th>
                {available.map(({ kind, reachable }) => (
                  <th scope="col" key={kind}>
                    {t(`kind.${kind}`)}
                    {!reachable && (
                      <small className="muted">{t(kind === 'web-push' ? 'own.unsubscribed' : 'own.unreachable')}</small>
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {severities.map((severity) => (
                <tr key={severity}>
                  <th scope="row">{t(`words:severity.${severity}`)}</th>
                  {available.map(({ kind }) => (
                    <td key={kind}>
                      <input
                        type="checkbox"
                        name={`${severity} ${kind}`}
                        defaultChecked={preferences.channels[severity].includes(kind)}
                        aria-label={`${t(`words:severity.${severity}`)} · ${t(`kind.${kind}`)}`}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PushButton />
      <fieldset className="own-quiet">
        <legend>{t('own.quiet')}</legend>
        <label>
          {t('own.quietFrom')} <input type="time" name="quietFrom" defaultValue={quiet?.from ?? ''} />
        </label>
        <label>
          {t('own.quietTo')} <input type="time" name="quietTo" defaultValue={quiet?.to ?? ''} />
        </label>
        <small className="muted">{t('own.quietNone')}</small>
        <small className="muted">{t('own.danger')}</small>
      </fieldset>
      <fieldset>
        <legend>{t('own.flood')}</legend>
        <small className="muted">{t('own.floodText')}</small>
      </fieldset>
      <fieldset className="own-addresses">
        <legend>{t('own.addresses')}</legend>
        <small className="muted">{t('own.addressesText')}</small>
        {addressKinds.map((kind) => (
          <label key={kind}>
            {t(`own.${kind}`)}
            <input
              name={kind}
              defaultValue={addresses[kind] ?? ''}
              maxLength={254}
              autoComplete={kind === 'phone' ? 'tel' : kind === 'e-mail' ? 'email' : 'off'}
              autoCapitalize="none"
              spellCheck={false}
            />
          </label>
        ))}
      </fieldset>
      <div className="login-problem" role="alert">
        {mistake ?? (save.error ? problemText(save.error).line : undefined)}
      </div>
      <button type="submit" className="plain-button" disabled={save.isPending}>
        {t('save')}
      </button>
      {save.isSuccess && !mistake && <span role="status"> {t('own.saved')}</span>}
    </form>
  );
}

/** A kind that the site does not offer now keeps what the person once chose for it. */
function preferencesOf(form: FormData, { preferences, available }: OwnNotifications, timeZone: string): unknown {
  const offered = new Set<PersonalChannelKind>(available.map(({ kind }) => kind));
  const channels = Object.fromEntries(
    severities.map((severity) => [
      severity,
      [
        ...preferences.channels[severity].filter((kind) => !offered.has(kind)),
        ...available.filter(({ kind }) => form.has(`${severity} ${kind}`)).map(({ kind }) => kind),
      ],
    ]),
  );
  const [from, to] = [form.get('quietFrom'), form.get('quietTo')];
  return { channels, quietHours: from && to && from !== to ? { from, to, timeZone } : null };
}
