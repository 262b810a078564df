// The token of the printed address: taken out of the address bar at once, kept for this tab alone, so that a reload works. A server
// that was started again on the same port has another token, and its address opened in this tab changes only what is after the `#`.
const KEY = 'hindcast.token';

/** Null when the page was opened without the printed address. */
export function takeToken(): string | null {
  keepGiven();
  addEventListener('hashchange', () => {
    if (keepGiven()) location.reload();
  });
  return sessionStorage.getItem(KEY);
}

/** Whether the address held one. */
function keepGiven(): boolean {
  const given = /^#token=([0-9a-f]+)$/.exec(location.hash)?.[1];
  if (given === undefined) return false;
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, '', location.pathname);
  return true;
}
