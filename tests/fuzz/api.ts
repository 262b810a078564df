// Sends malformed messages to an engine through every transport. Each one that is not a call gets a connection of its own, which
// the engine must close; messages that happen to be calls share a connection, which must stay open.
import { createChannel } from '../../engine/hosts/engine/channel.ts';
import type { EngineHost } from '../../engine/hosts/engine/engine-host.ts';
import { findFault } from '../../engine/hosts/engine/envelope.ts';
import { type Message, malformedMessages } from './messages.ts';

export interface FuzzResult {
  readonly sent: number;
  /** Lines that were closed for a message. */
  readonly closed: number;
  /** Answers to messages that were calls all the same. */
  readonly answers: number;
}

interface Line {
  send(message: Message): void;
  /** Settles when the other side has closed it. */
  readonly closed: Promise<void>;
  readonly isOpen: () => boolean;
  close(): void;
}

type OpenLine = (onAnswer: () => void) => Promise<Line>;

/** On channels in this process: what a port or a parent process delivers. */
export const fuzzChannels = (host: EngineHost, seed: number, count: number): Promise<FuzzResult> =>
  fuzz(async (onAnswer) => channelTo(host, onAnswer), seed, count);

export const fuzzSockets = (address: string, seed: number, count: number): Promise<FuzzResult> =>
  fuzz((onAnswer) => socketTo(address, onAnswer), seed, count);

async function fuzz(open: OpenLine, seed: number, count: number): Promise<FuzzResult> {
  const result = { sent: 0, closed: 0, answers: 0 };
  const shared = await open(() => void result.answers++);
  for (const message of malformedMessages(seed, count)) {
    result.sent += 1;
    if (findFault(message) === null) shared.send(message);
    else {
      const own = await open(() => {});
      own.send(message);
      await own.closed;
      result.closed += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (!shared.isOpen()) throw new Error(`the line was closed for a call: ${String(message)}`);
  }
  shared.close();
  return result;
}

function channelTo(host: EngineHost, onAnswer: () => void): Line {
  const closed = Promise.withResolvers<void>();
  let isOpen = true;
  const end = createChannel({
    send: onAnswer,
    hangUp() {
      isOpen = false;
      end.ended();
      closed.resolve();
    },
  });
  host.accept(end.channel);
  return {
    send: end.deliver,
    closed: closed.promise,
    isOpen: () => isOpen,
    close: () => end.channel.close(),
  };
}

async function socketTo(address: string, onAnswer: () => void): Promise<Line> {
  const socket = new WebSocket(address);
  const closed = Promise.withResolvers<void>();
  socket.onmessage = onAnswer;
  socket.onclose = () => closed.resolve();
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`no answer at ${address}`));
  });
  return {
    send: (message) => socket.send(message as string | Uint8Array<ArrayBuffer>),
    closed: closed.promise,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
  };
}
