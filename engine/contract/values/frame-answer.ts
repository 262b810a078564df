// The bytes of a frame as the API answers with them. A browser keeps those of a Blob in another process and asks it for each of its steps:
// together several milliseconds, too long for answers while a hand moves. So small frames are held bytes, which travel as text in the
// JSON of their answer (see api/serializers.ts).
import { z } from 'zod';

/** Of larger ones the text would be a third longer than the bytes. */
const MOST_HELD_BYTES = 256 * 1024;

export class HeldBytes {
  /** Not to be written to. */
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
  }
}

export const FrameAnswerSchema = z.union([z.instanceof(HeldBytes), z.instanceof(Blob)]);
export type FrameAnswer = z.infer<typeof FrameAnswerSchema>;

/** @param bytes that nobody writes to any more */
export const answerOfBytes = (bytes: Uint8Array<ArrayBuffer>): FrameAnswer =>
  bytes.length <= MOST_HELD_BYTES
    ? new HeldBytes(bytes)
    : new Blob([bytes], { type: 'application/x-hindcast-frame' });

export const bytesOfAnswer = async (answer: FrameAnswer): Promise<Uint8Array<ArrayBuffer>> =>
  answer instanceof HeldBytes ? answer.bytes : new Uint8Array(await answer.arrayBuffer());
