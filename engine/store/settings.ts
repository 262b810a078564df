// Settings of the workspace: JSON values by name.
import { parseLossless, stringifyLossless } from '../contract/values/json.ts';
import { isDamaged } from './checks/row-checksums.ts';
import type { Connection } from './file/connection.ts';

export interface Settings {
  /** undefined where it was never set, or damage has changed it. */
  get(key: string): unknown;
  /** Any JSON value. */
  set(key: string, value: unknown): void;
}

export function createSettings(connection: Connection): Settings {
  const select = `SELECT value FROM setting WHERE key = ? AND NOT ${isDamaged(connection, 'setting')}`;
  return {
    get(key) {
      const text = connection.value<string>(select, key);
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
