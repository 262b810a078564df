// Display preferences of this window, remembered between starts. They are not data: a lost preference costs one click.
import { useSyncExternalStore } from 'react';

export interface Preferences {
  readonly navigation: 'wide' | 'narrow';
  readonly curveX: 'step' | 'epoch';
  readonly curveScale: 'linear' | 'log';
  /** 0 to 0.99: weight of the past in the moving average. */
  readonly smoothing: number;
  readonly runSort: string;
  /** Open parts of an experiment's form, with spaces between. */
  readonly designFolds: string;
  /** The user has seen the offer of sample data and declined it. */
  readonly welcomed: boolean;
  /** Where this window trains what it starts, if the workspace has a pool. */
  readonly trainOn: 'here' | 'pool';
  /** When a run ends while the window is out of sight. */
  readonly notifyRunEnd: boolean;
}

const DEFAULTS: Preferences = {
  navigation: 'wide',
  curveX: 'step',
  curveScale: 'linear',
  smoothing: 0.6,
  runSort: '-createdAtMs',
  designFolds: '',
  welcomed: false,
  trainOn: 'here',
  notifyRunEnd: true,
};
const KEY = 'hindcast.preferences';

const listeners = new Set<() => void>();
let current: Preferences = load();

/** The stored value may come from an older version or from an edit by hand: only known keys of the right type count. */
function load(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const known = Object.entries(stored as object).filter(
      ([key, value]) => typeof value === typeof DEFAULTS[key as keyof Preferences],
    );
    return { ...DEFAULTS, ...Object.fromEntries(known) };
  } catch {
    return DEFAULTS;
  }
}

export function setPreference<Key extends keyof Preferences>(key: Key, value: Preferences[Key]): void {
  current = { ...current, [key]: value };
  localStorage.setItem(KEY, JSON.stringify(current));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const getPreferences = (): Preferences => current;

export function usePreference<Key extends keyof Preferences>(
  key: Key,
): readonly [Preferences[Key], (value: Preferences[Key]) => void] {
  const value = useSyncExternalStore(subscribe, () => current[key]);
  return [value, (next) => setPreference(key, next)];
}
