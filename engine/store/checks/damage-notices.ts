// What is left out of every list because damage has changed it, said once when the workspace is opened.
import type { Connection } from '../file/connection.ts';
import { damagedRows, sealedTables } from './row-checksums.ts';

/** Small tables whose rows nothing else would miss. */
const LEFT_OUT: Readonly<Record<string, (keys: string) => string>> = {
  setting: (keys) => `The settings ${keys} were changed by damage and count as never set`,
  run_label: (keys) => `The tags and the notes of run ${keys} were changed by damage and are not shown`,
  pool_run: (keys) =>
    `What the pool is to train of run ${keys} was changed by damage, so it is sent again when it is resumed`,
};

const MOST_NAMED = 10;

/** Sentences for the user. */
export function damageNotices(connection: Connection): string[] {
  return sealedTables(connection).flatMap((table) => {
    const sentence = LEFT_OUT[table.name];
    if (sentence === undefined) return [];
    const keys = damagedRows(connection, table).map(([key]) => String(key));
    if (keys.length === 0) return [];
    const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : '';
    return `${sentence(`${keys.slice(0, MOST_NAMED).join(', ')}${more}`)}: \`hindcast check --repair\` takes what it can from a backup.`;
  });
}
