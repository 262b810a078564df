// Fetches a copy of the workspace piece by piece, so that only one piece is in memory at a time.
import type { EngineClient } from './connection.ts';

export interface FetchedBackUp {
  /** A file name for it. */
  readonly name: string;
  readonly bytes: number;
  pieces(): AsyncGenerator<Blob, void, void>;
}

/** @param write gets a copy that the engine removes when it returns */
export async function fetchBackUp<Written>(
  { workspace }: EngineClient,
  write: (copy: FetchedBackUp) => Promise<Written>,
): Promise<Written> {
  const { id, name, bytes } = await workspace.backUp();
  async function* pieces() {
    for (let from = 0; from < bytes; ) {
      const piece = await workspace.backUpPiece({ id, from });
      if (piece.size === 0) return;
      yield piece;
      from += piece.size;
    }
  }
  try {
    return await write({ name, bytes, pieces });
  } finally {
    await workspace.endBackUp({ id });
  }
}
