import { useEffect, useState } from 'react';
import { CasePage } from './case-page.js';
import { PlacePage } from './place-page.js';
import { useSettings } from './settings.js';

/** Two pages: that of a place (`/r/<code>`), and that of a case, whose token stands behind # and so reaches no log. */
export function App() {
  const { w, locale, theme, setLocale, setTheme } = useSettings();
  const [address, setAddress] = useState(addressNow);
  useEffect(() => {
    const look = () => setAddress(addressNow());
    window.addEventListener('hashchange', look);
    window.addEventListener('popstate', look);
    return () => {
      window.removeEventListener('hashchange', look);
      window.removeEventListener('popstate', look);
    };
  }, []);
  const open = (path: string) => {
    window.history.pushState(null, '', path);
    window.scrollTo(0, 0);
    setAddress(addressNow());
  };
  useEffect(() => {
    document.title = w.title;
  }, [w]);
  return (
    <div className="page">
      <header className="top">
        <strong>{w.title}</strong>
        <div>
          <button type="button" className="quiet" onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}>
            {theme === 'dark' ? w.day : w.night}
          </button>
          <button
            type="button"
            className="quiet"
            lang={locale === 'en' ? 'zh-CN' : 'en'}
            onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}
          >
            {w.language}
          </button>
        </div>
      </header>
      <main>
        {address.code === 'case' ? (
          <CasePage key={address.token} token={address.token} />
        ) : address.code ? (
          <PlacePage key={address.code} code={address.code} open={open} />
        ) : (
          <>
            <h1>{w.title}</h1>
            <p>{w.scanFirst}</p>
          </>
        )}
      </main>
      <footer>{w.danger}</footer>
    </div>
  );
}

function addressNow(): { code: string; token: string } {
  const [, , code = ''] = window.location.pathname.split('/');
  return { code, token: window.location.hash.slice(1) };
}
