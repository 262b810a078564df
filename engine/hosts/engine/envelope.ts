// Checks a client's message before oRPC decodes it. oRPC decodes in a listener whose errors nothing catches, so a malformed
// message would crash the engine; with this check it closes only its own channel.
import { z } from 'zod';
import { nestsTooDeep } from '../../contract/api/json-depth.ts';
import { MOST_CALL_BYTES, tooLarge } from '../../contract/api/message-limit.ts';
import type { Log } from '../../services/context.ts';
import type { Channel, ChannelMessage } from './channel.ts';

// oRPC's messages: `i` the call, `t` the kind of message (none: a request), `p` what it carries.
const ABORT = 4;
const IdSchema = z.string().min(1).max(100);
const HeadersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const RequestSchema = z.object({
  i: IdSchema,
  t: z.undefined().optional(),
  p: z.object({
    u: z
      .string()
      .max(4_096)
      .refine((path) => path.startsWith('/') && URL.canParse(`http://orpc${path}`)),
    // A GET would carry its input in the address.
    m: z.literal('POST').optional(),
    // Inputs are JSON alone: a body of another kind (a form, a file, a stream) belongs to no method.
    h: HeadersSchema.refine(
      (headers) => !Object.keys(headers).some((name) => /^content-/i.test(name)),
    ).optional(),
    b: z.unknown().optional(),
  }),
});
const AbortSchema = z.object({ i: IdSchema, t: z.literal(ABORT), p: z.unknown().optional() });
const EnvelopeSchema = z.union([RequestSchema, AbortSchema]);

/** What is wrong with a message, as the end of a sentence; null where it is well formed. */
export function findFault(message: unknown): string | null {
  if (typeof message !== 'string') return 'it is not text';
  if (message.length > MOST_CALL_BYTES) return tooLarge(message.length);
  if (nestsTooDeep(message)) return 'it nests too deep';
  try {
    return EnvelopeSchema.safeParse(JSON.parse(message)).success ? null : 'it is not a call of the API';
  } catch {
    return 'it is not JSON';
  }
}

/** The channel with nothing but well-formed messages on it: the first other one closes it. */
export function guarded(channel: Channel, log: Log): Channel {
  let isRefused = false;
  function on(event: 'message' | 'close', listener: never): void {
    if (event === 'close') {
      channel.on('close', listener);
      return;
    }
    const deliver = listener as (received: { readonly data: ChannelMessage }) => void;
    channel.on('message', (received) => {
      if (isRefused) return;
      const fault = findFault(received.data);
      if (fault === null) {
        deliver(received);
        return;
      }
      isRefused = true;
      log({ level: 'warn', message: `a client was cut off for a malformed message: ${fault}` });
      channel.close();
    });
  }
  return { postMessage: (message) => channel.postMessage(message), on, close: () => channel.close() };
}
