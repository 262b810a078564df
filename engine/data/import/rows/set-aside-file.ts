// All rows that were set aside, as gzip of CSV: packed while they are found, so that a million of them need little memory.
import { gzipSync } from 'node:zlib';
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';

/** Characters of one piece; pieces of gzip one behind the other are one file. */
const PIECE = 4 << 20;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export const SET_ASIDE_HEADER = 'line,column,reason,raw\n';
export const setAsideLine = ({ line, column, reason, raw }: SetAsideRow): string =>
  `${line},${quoted(column ?? '')},${quoted(reason)},${quoted(raw)}\n`;

export interface SetAsideFile {
  add(row: SetAsideRow): void;
  end(): Uint8Array;
}

export function createSetAsideFile(): SetAsideFile {
  const pieces: Uint8Array[] = [];
  let text = SET_ASIDE_HEADER;
  const pack = () => {
    pieces.push(gzipSync(text));
    text = '';
  };
  return {
    add(row) {
      text += setAsideLine(row);
      if (text.length > PIECE) pack();
    },
    end() {
      pack();
      return new Uint8Array(Buffer.concat(pieces));
    },
  };
}
