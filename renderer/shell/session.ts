// Access of a browser tab: the token of the printed address is exchanged for a cookie, which every later tab and reload has by
// itself. No script can read the cookie, and the token leaves the address bar at once.

/** `outside`: the server knows neither; `away`: no answer. */
export type Entry = 'inside' | 'outside' | 'away';

/** At the start of a page. An address with a token that comes into this tab later loads the page again. */
export async function enterByAddress(): Promise<Entry> {
  const token = takeToken();
  addEventListener('hashchange', () => {
    if (tokenOf(location.hash) !== null) location.reload();
  });
  return enter(token);
}

/** Whether this browser is let in; with a token, it is from then on. */
export async function enter(token: string | null = null): Promise<Entry> {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  try {
    const { status } = await fetch('/session', { method: 'POST', headers });
    return status === 204 ? 'inside' : 'outside';
  } catch {
    return 'away';
  }
}

const tokenOf = (hash: string): string | null => /^#token=([0-9a-f]+)$/.exec(hash)?.[1] ?? null;

function takeToken(): string | null {
  const token = tokenOf(location.hash);
  if (token !== null) history.replaceState(null, '', location.pathname);
  return token;
}

const TAB = 'hindcast.tab';

/** This tab, also after a reload: the server keeps its uploads as long as it is open. */
export function tabId(): string {
  const id = sessionStorage.getItem(TAB) ?? crypto.randomUUID();
  sessionStorage.setItem(TAB, id);
  return id;
}
