// One client's channel to the engine, whatever carries it: a WebSocket, a MessagePort, a parent process. It transports oRPC's
// encoded messages (text, or bytes if they contain frames), so a channel can be relayed without decoding.

export type ChannelMessage = string | Uint8Array;

/** The shape of Electron's MessagePortMain, which oRPC's message-port adapter takes as it is. */
export interface Channel {
  postMessage(message: ChannelMessage): void;
  on(event: 'message', listener: (event: { readonly data: ChannelMessage }) => void): void;
  on(event: 'close', listener: () => void): void;
  /** Of a port: holds messages back until this is called. Other channels hold them until there is a listener. */
  start?(): void;
  close(): void;
}

export interface ChannelEnd {
  readonly channel: Channel;
  /** A message from the other side; kept until there is a listener. */
  deliver(message: ChannelMessage): void;
  /** The other side is gone. */
  ended(): void;
}

/** Makes a channel out of a way to send and a way to hang up. */
export function createChannel(carrier: { send(message: ChannelMessage): void; hangUp(): void }): ChannelEnd {
  const early: ChannelMessage[] = [];
  const closeListeners: (() => void)[] = [];
  let listener: ((event: { readonly data: ChannelMessage }) => void) | undefined;
  let over = false;

  function on(event: 'message' | 'close', next: (event: { readonly data: ChannelMessage }) => void): void {
    if (event === 'close') {
      closeListeners.push(next as () => void);
      if (over) (next as () => void)();
      return;
    }
    listener = next;
    for (const data of early.splice(0)) next({ data });
  }

  return {
    channel: {
      postMessage(message) {
        if (!over) carrier.send(message);
      },
      on,
      close() {
        if (!over) carrier.hangUp();
      },
    },
    deliver(data) {
      if (listener) listener({ data });
      else early.push(data);
    },
    ended() {
      if (over) return;
      over = true;
      for (const close of closeListeners) close();
    },
  };
}
