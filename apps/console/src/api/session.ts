import {
  type ChangePassword,
  type Login,
  type Setup,
  sessionSchema,
  setupStateSchema,
  siteSchema,
} from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { answer, done, http } from './client.js';
import { keys } from './keys.js';

type Signal = { signal?: AbortSignal };

/** What every program of ours asks first. Apart from the rest of the client, so that a phone loads no more. */
export const sessionApi = {
  login: (body: Login) => answer(sessionSchema, http.POST('/session', { body })),
  session: ({ signal }: Signal = {}) => answer(sessionSchema, http.GET('/session', { signal })),
  changePassword: (body: ChangePassword) => done(http.PUT('/session/password', { body })),
  logout: () => done(http.DELETE('/session')),
  setup: ({ signal }: Signal) => answer(setupStateSchema, http.GET('/setup', { signal })),
  setUp: (body: Setup) => answer(sessionSchema, http.POST('/setup', { body })),
  site: ({ signal }: Signal = {}) => answer(siteSchema, http.GET('/site', { signal })),
};

export const siteQuery = queryOptions({
  queryKey: keys.site,
  queryFn: (c) => sessionApi.site(c),
  staleTime: Infinity,
});
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: (c) => sessionApi.session(c),
  staleTime: Infinity,
});
export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: (c) => sessionApi.setup(c),
  retry: false,
});
