// Messages between the engine process and the process that started it, besides the API itself.
import { z } from 'zod';
import { ErrorDataSchema } from '../../contract/processes/error-data.ts';
import type { HindcastErrorData } from '../../contract/values/errors.ts';
import type { ChannelMessage } from '../engine/channel.ts';

/** `message` and `hangUp` only where ports cannot be handed over: a child process of plain Node gets them relayed. */
export type ToEngine =
  /** A client's new line; in a utility process its port comes along. */
  | { readonly type: 'channel'; readonly channel: number }
  | { readonly type: 'message'; readonly channel: number; readonly data: ChannelMessage }
  | { readonly type: 'hangUp'; readonly channel: number }
  /** End runs with a checkpoint, close the workspace, exit with 0. */
  | { readonly type: 'close' };

export type FromEngine =
  /** The workspace is open, here or in the process that hosts it. */
  | { readonly type: 'opened' }
  /** It could not be opened; the process exits. */
  | { readonly type: 'failed'; readonly error: HindcastErrorData }
  | { readonly type: 'message'; readonly channel: number; readonly data: ChannelMessage }
  | { readonly type: 'hungUp'; readonly channel: number };

const DataSchema = z.union([z.string(), z.instanceof(Uint8Array)]);
const ChannelSchema = z.int().positive();

/** What reaches the engine's process: a page's messages are in it as they came. */
export const ToEngineSchema: z.ZodType<ToEngine> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('channel'), channel: ChannelSchema }),
  z.object({ type: z.literal('message'), channel: ChannelSchema, data: z.custom<ChannelMessage>() }),
  z.object({ type: z.literal('hangUp'), channel: ChannelSchema }),
  z.object({ type: z.literal('close') }),
]);

/** The main process does not trust what a crashing engine may still send. */
export const FromEngineSchema: z.ZodType<FromEngine> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened') }),
  z.object({
    type: z.literal('failed'),
    error: ErrorDataSchema,
  }),
  z.object({ type: z.literal('message'), channel: ChannelSchema, data: DataSchema }),
  z.object({ type: z.literal('hungUp'), channel: ChannelSchema }),
]);
