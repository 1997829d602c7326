import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiUrl } from '../api/client.js';
import { siteQuery } from '../api/queries.js';
import { QrCode } from '../components/qr-code.js';
import '../styles/trust.css';
import { LocaleSwitch } from './locale-switch.js';
import { PlainMessage } from './plain-message.js';

const systems = ['android', 'ios', 'windows'] as const;
const rootPath = apiUrl('/site/root.crt');
const isLocal = /^(localhost|127\.|\[::1\])/;

/** How a phone comes to trust a site with a certificate of its own. Needs no login: the root is no secret. */
export function TrustPage() {
  const { t } = useTranslation(['site', 'app']);
  const site = useQuery(siteQuery);
  const [chosen, setChosen] = useState<string>();
  if (!site.data)
    return site.error ? (
      <PlainMessage kind="problem" error={site.error} onRetry={() => void site.refetch()} />
    ) : (
      <PlainMessage kind="loading" />
    );
  const { ownRoot, addresses, httpPort, httpsPort } = site.data;
  // Opened on the machine itself, the address in the browser is of no use to a phone.
  const hosts = isLocal.test(window.location.host) ? addresses : [window.location.hostname];
  const host = chosen ?? hosts[0];
  const written = host?.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  // By plain http: before the root is installed, https is what the phone warns of.
  const page = written ? `http://${written}:${httpPort ?? window.location.port}/trust` : undefined;
  return (
    <main className="trust">
      <header className="trust-head">
        <img src="/icon.svg" alt="" width={32} height={32} />
        <h1>{t('trust.title')}</h1>
        <LocaleSwitch />
      </header>
      {ownRoot ? (
        <>
          <p>{t('trust.about')}</p>
          <div className="trust-get">
            <div>
              <a className="plain-button trust-download" href={rootPath} download>
                {t('trust.download')}
              </a>
              <p className="muted">{t('trust.safe')}</p>
              {httpsPort && <p>{t('trust.then', { address: `https://${written ?? 'localhost'}:${httpsPort}` })}</p>}
            </div>
            {page && (
              <figure>
                <QrCode text={page} label={t('trust.qr', { address: page })} />
                <figcaption>
                  {t('trust.scan')}
                  <br />
                  <code>{page}</code>
                </figcaption>
                {hosts.length > 1 && (
                  <select aria-label={t('trust.address')} value={host} onChange={(e) => setChosen(e.target.value)}>
                    {hosts.map((address) => (
                      <option key={address}>{address}</option>
                    ))}
                  </select>
                )}
              </figure>
            )}
          </div>
          <div className="trust-systems">
            {systems.map((system) => (
              <section key={system}>
                <h2>{t(`trust.${system}`)}</h2>
                <ol>
                  {t(`trust.${system}Steps`, { returnObjects: true }).map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ol>
              </section>
            ))}
          </div>
        </>
      ) : (
        <>
          <h2>{t('trust.none')}</h2>
          <p>{t('trust.noneText')}</p>
        </>
      )}
      <p>
        <a href="/">{t('trust.home')}</a>
      </p>
    </main>
  );
}
