// Notices about what was found and repaired when the workspace was opened; each is shown once.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useEngine } from '../engine/engine-context.tsx';
import { engineQuery } from '../engine/queries.ts';
import { notifyLasting } from '../ui/messages.tsx';
import classes from './layout.module.css';

const SEEN = 'hindcast.notices-seen';

export function OpeningNotices() {
  const { data: info } = useQuery({ ...engineQuery(useEngine()), staleTime: 60_000 });
  useEffect(() => {
    if (!info) return;
    for (const notice of info.notices) if (isNew(`${info.hostPid} ${notice}`)) notifyLasting(notice);
  }, [info]);
  return null;
}

/** Stays in sight while the workspace cannot be written. */
export function ReadOnlyBanner() {
  const { data: info } = useQuery({ ...engineQuery(useEngine()), staleTime: 60_000 });
  if (!info?.readOnly) return null;
  return (
    <div className={classes.banner} role="status">
      Read-only: {info.workspace.path} is shown as it was when it was opened, and changes are refused.
    </div>
  );
}

/** Of this window, also after a reload; another start of the host has other notices. */
function isNew(key: string): boolean {
  const seen = (sessionStorage.getItem(SEEN) ?? '').split('\n');
  if (seen.includes(key)) return false;
  sessionStorage.setItem(SEEN, [...seen, key].join('\n'));
  return true;
}
