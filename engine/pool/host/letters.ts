// Reads the mail of one job, in its order.
import { z } from 'zod';
import { FromTrainerSchema } from '../../contract/processes/from-workers.ts';
import type { FromTrainer } from '../../contract/processes/trainer.ts';
import type { PoolLink, Row } from '../link/link.ts';
import { decodeMessage } from '../mail/codec.ts';
import { fromPosition, positionOf } from '../mail/position.ts';

/** A message, or what else there is to know of a job. */
export type Letter =
  | { readonly position: number; readonly kind: 'message'; readonly message: FromTrainer }
  /** A newer checkpoint came before it was read. */
  | { readonly position: number; readonly kind: 'superseded' }
  /** The training process ended without a word. */
  | { readonly position: number; readonly kind: 'exited'; readonly how: string }
  /** The server gave the job up: one worker after the other was lost. */
  | { readonly position: number; readonly kind: 'given-up' };

const TOGETHER = 64;
const ExitedSchema = z.object({ how: z.string().max(200) });
const BegunSchema = z.object({ step: z.int(), epoch: z.int(), worker: z.string() });

/** Those after a position, as many as are read together. @throws HindcastError and ZodError for what no worker of this version sends */
export async function readLetters(link: PoolLink, job: string, after: number): Promise<Letter[]> {
  const { attempt, number } = fromPosition(after);
  const rows = await link.query(
    'SELECT attempt, number, kind, body, pieces FROM message WHERE job = $1 AND (attempt, number) > ($2, $3) ORDER BY attempt, number LIMIT $4',
    [job, attempt, number, TOGETHER],
  );
  const letters: Letter[] = [];
  for (const row of rows) {
    const letter = await letterOf(link, job, row);
    // It was replaced since: the next look finds it so.
    if (letter === null) break;
    letters.push(letter);
  }
  return letters;
}

async function letterOf(link: PoolLink, job: string, row: Row): Promise<Letter | null> {
  const { attempt, number, kind, pieces } = row as {
    attempt: number;
    number: number;
    kind: string;
    pieces: number;
  };
  const position = positionOf({ attempt, number });
  const body = row.body as Buffer;
  const read = READERS[kind] ?? readMessage;
  if (pieces === 0) return read(position, body, []);
  const parts: Buffer[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const [found] = await link.query(
      'SELECT data FROM chunk WHERE job = $1 AND attempt = $2 AND number = $3 AND position = $4',
      [job, attempt, number, piece],
    );
    if (!found) return null;
    parts.push(found.data as Buffer);
  }
  return read(position, body, parts);
}

type Reader = (position: number, body: Buffer, pieces: readonly Buffer[]) => Letter;

const readMessage: Reader = (position, body, pieces) => {
  const written = decodeMessage(body, pieces);
  const renumbered =
    typeof written === 'object' && written !== null && 'message' in written ? { message: position } : {};
  const message = FromTrainerSchema.parse({ ...(written as object), ...renumbered });
  return { position, kind: 'message', message };
};

/** Kinds that no training process sends. */
const READERS: Readonly<Record<string, Reader>> = {
  superseded: (position) => ({ position, kind: 'superseded' }),
  'given-up': (position) => ({ position, kind: 'given-up' }),
  exited: (position, body, pieces) => ({
    position,
    kind: 'exited',
    ...ExitedSchema.parse(decodeMessage(body, pieces)),
  }),
  begun(position, body) {
    const { step, epoch, worker } = BegunSchema.parse(JSON.parse(body.toString('utf8')));
    const from = step < 0 ? null : { step, epoch };
    return { position, kind: 'message', message: { type: 'begun', message: position, from, worker } };
  },
};

/** What is stored is not needed any more. */
export async function removeLetters(link: PoolLink, job: string, upTo: number): Promise<void> {
  const { attempt, number } = fromPosition(upTo);
  await link.query('SELECT host_remove($1, $2, $3)', [job, attempt, number]);
}
