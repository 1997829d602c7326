import type { KnownCase, ResidentPlace } from '@sc/contracts';
import { useState } from 'react';
import { residentApi } from './api.js';
import { casePath, forgetCases, keepCase, newToken, ownCases } from './kept.js';
import { KnownList } from './known-list.js';
import { Problem } from './parts.js';
import { ReportForm } from './report-form.js';
import { useSettings } from './settings.js';
import { useAnswer } from './use-answer.js';

const firstShown = 3;

export function PlacePage({ code, open }: { code: string; open: (path: string) => void }) {
  const { w, text, locale } = useSettings();
  const { data: place, refused, again } = useAnswer(() => residentApi.place(code));
  const done = (token: string, number: string, title: string) => {
    keepCase({ token, number, title });
    open(casePath(token));
  };
  const follow = async (one: KnownCase) => {
    const token = newToken();
    const { number, title } = await residentApi.follow(code, { token, caseId: one.id, locale });
    done(token, number, text(title));
  };
  if (refused?.code === 'not-found') return <NoPlace />;
  if (!place)
    return refused ? (
      <>
        <h1>{w.title}</h1>
        <Problem refused={refused} onRetry={again} />
      </>
    ) : (
      <p role="status">{w.loading}</p>
    );
  const [nearest, ...around] = place.place;
  return (
    <>
      <h1>{nearest ? text(nearest) : w.title}</h1>
      {around.length > 0 && <p className="muted">{around.map(text).join(' · ')}</p>}
      <Announcements place={place} />
      <Own open={open} />
      <Known known={place.known} onFollow={follow} />
      <section>
        <h2>{w.report}</h2>
        {place.reportsOpen ? (
          <ReportForm code={code} place={place} onDone={done} onFollow={follow} />
        ) : (
          <p>{w.closed}</p>
        )}
      </section>
    </>
  );
}

function NoPlace() {
  const { w } = useSettings();
  return (
    <>
      <h1>{w.title}</h1>
      <p role="alert">{w.badCode}</p>
    </>
  );
}

function Announcements({ place }: { place: ResidentPlace }) {
  const { w, text, locale, time } = useSettings();
  if (place.announcements.length === 0) return null;
  return (
    <section>
      <h2>{w.announcements}</h2>
      {place.announcements.map(({ id, title, words, beginsAt }) => (
        <details key={id} className="card" open={place.announcements.length === 1}>
          <summary>
            {text(title)} <small>{time(beginsAt)}</small>
          </summary>
          <p className="words">{words[locale]}</p>
        </details>
      ))}
    </section>
  );
}

function Own({ open }: { open: (path: string) => void }) {
  const { w } = useSettings();
  const [cases, setCases] = useState(ownCases);
  if (cases.length === 0) return null;
  return (
    <section>
      <h2>{w.mine}</h2>
      <ul className="plain">
        {cases.map(({ token, number, title }) => (
          <li key={token}>
            <a
              className="card row"
              href={casePath(token)}
              onClick={(event) => {
                event.preventDefault();
                open(casePath(token));
              }}
            >
              {title} <small>{number}</small>
            </a>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="quiet"
        onClick={() => {
          forgetCases();
          setCases([]);
        }}
      >
        {w.forget}
      </button>
    </section>
  );
}

function Known({ known, onFollow }: { known: KnownCase[]; onFollow: (one: KnownCase) => Promise<void> }) {
  const { w } = useSettings();
  const [all, setAll] = useState(false);
  if (known.length === 0) return null;
  return (
    <section>
      <h2>{w.known}</h2>
      <p className="muted">{w.knownHint}</p>
      <KnownList known={all ? known : known.slice(0, firstShown)} onFollow={onFollow} />
      {!all && known.length > firstShown && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {w.moreKnown} ({known.length})
        </button>
      )}
    </section>
  );
}
