// The channel to the process that started the engine process: Electron's main process, which hands over message ports, or a Node
// parent (where Electron's Node is too old for the store, or under the page's server), which relays every message.
import { type Channel, type ChannelEnd, createChannel } from '../engine/channel.ts';
import { type FromEngine, type ToEngine, ToEngineSchema } from './protocol.ts';

export interface Parent {
  post(message: FromEngine): void;
  onChannel(listener: (channel: Channel) => void): void;
  /** Asked to close, or the parent is gone. */
  onClose(listener: () => void): void;
}

/** The port that Electron gives a utility process; null in a process of plain Node. */
interface UtilityPort {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (event: { data: unknown; ports: MainPort[] }) => void): void;
}

type MainPort = Channel & { start(): void };

export function findParent(): Parent {
  const port = (process as { parentPort?: UtilityPort }).parentPort;
  return port ? utilityParent(port) : nodeParent();
}

function utilityParent(port: UtilityPort): Parent {
  let onChannel: (channel: Channel) => void = () => {};
  let onClose: () => void = () => {};
  port.on('message', ({ data, ports }) => {
    const message = understood(data);
    if (message?.type === 'close') onClose();
    else if (message?.type === 'channel' && ports[0]) onChannel(startedOnListening(ports[0]));
  });
  return {
    post: (message) => port.postMessage(message),
    onChannel: (listener) => {
      onChannel = listener;
    },
    onClose: (listener) => {
      onClose = listener;
    },
  };
}

/** Null for a message of another kind, which is passed over: this process has work to finish. */
function understood(raw: unknown): ToEngine | null {
  const parsed = ToEngineSchema.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

/** A port holds its messages back until it is started, and the engine may still be opening. */
function startedOnListening(port: MainPort): Channel {
  return {
    postMessage: (message) => port.postMessage(message),
    close: () => port.close(),
    on(event: 'message' | 'close', listener: never) {
      port.on(event as 'message', listener);
      if (event === 'message') port.start();
    },
  };
}

function nodeParent(): Parent {
  const ends = new Map<number, ChannelEnd>();
  let onChannel: (channel: Channel) => void = () => {};
  let onClose: () => void = () => {};
  // A parent that is gone hears nothing: `disconnect` says so.
  const post = (message: FromEngine): void => {
    if (process.connected) process.send?.(message, undefined, {}, () => {});
  };

  function open(channel: number): void {
    const end = createChannel({
      send: (data) => post({ type: 'message', channel, data }),
      hangUp: () => hangUp(channel),
    });
    ends.set(channel, end);
    onChannel(end.channel);
  }

  function hangUp(channel: number): void {
    const end = ends.get(channel);
    ends.delete(channel);
    if (end) post({ type: 'hungUp', channel });
    end?.ended();
  }

  process.on('message', (raw: unknown) => {
    const message = understood(raw);
    if (message?.type === 'channel') open(message.channel);
    else if (message?.type === 'message') ends.get(message.channel)?.deliver(message.data);
    else if (message?.type === 'hangUp') hangUp(message.channel);
    else if (message?.type === 'close') onClose();
  });
  process.on('disconnect', () => onClose());
  return {
    post,
    onChannel: (listener) => {
      onChannel = listener;
    },
    onClose: (listener) => {
      onClose = listener;
    },
  };
}
