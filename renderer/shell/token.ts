// The token of the printed address: taken out of the address bar at once, kept for this tab alone, so that a reload works.
const KEY = 'hindcast.token';

/** Null when the page was opened without the printed address. */
export function takeToken(): string | null {
  const given = /^#token=([0-9a-f]+)$/.exec(location.hash)?.[1];
  if (given) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(KEY);
}
