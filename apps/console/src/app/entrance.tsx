import { useQuery } from '@tanstack/react-query';
import { setupQuery } from '../api/session.js';
import { LoginPage } from './login-page.js';
import { PlainMessage } from './plain-message.js';
import { SetupPage } from './setup-page.js';

/** A site without an administrator asks its first visitor to set it up; every other one asks for the login. */
export function Entrance() {
  const setup = useQuery(setupQuery);
  if (setup.isPending) return <PlainMessage kind="loading" />;
  return setup.data?.open ? <SetupPage /> : <LoginPage />;
}
