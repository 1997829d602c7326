import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { anyDeviceQuery } from '../api/queries.js';
import { useMay } from '../app/session.js';
import { PlainMessage } from '../app/plain-message.js';

/** Where the desk opens: at the alarms; an administrator whose site has no devices yet at the first steps. */
export function HomePage() {
  const admin = useMay('admin');
  const devices = useQuery({ ...anyDeviceQuery, enabled: admin });
  if (admin && devices.isPending) return <PlainMessage kind="loading" />;
  return <Navigate to={devices.data?.items.length === 0 ? '/first-steps' : '/alarms'} replace />;
}
