// Settings of the workspace: JSON values by name.
import { parseLossless, stringifyLossless } from '../contract/json.ts';
import type { Connection } from './connection.ts';

export interface Settings {
  /** undefined where it was never set. */
  get(key: string): unknown;
  /** Any JSON value. */
  set(key: string, value: unknown): void;
}

export function createSettings(connection: Connection): Settings {
  return {
    get(key) {
      const text = connection.value<string>('SELECT value FROM setting WHERE key = ?', key);
      return text === undefined ? undefined : parseLossless(text);
    },
    set(key, value) {
      connection.run(
        'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        key,
        stringifyLossless(value),
      );
    },
  };
}
