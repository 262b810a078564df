// Relays a client's channel to the process that hosts the workspace, message by message.
import type { Channel, ChannelMessage } from './channel.ts';
import { findFault } from './envelope.ts';

/** The end of one side ends the other: the client opens a new channel and finds the present host. So does a malformed message. */
export function bridgeToHost(channel: Channel, address: string): void {
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  const early: ChannelMessage[] = [];
  const send = (message: ChannelMessage) => socket.send(message as string | Uint8Array<ArrayBuffer>);
  channel.on('message', ({ data }) => {
    if (findFault(data) !== null) socket.close();
    else if (socket.readyState === WebSocket.CONNECTING) early.push(data);
    else if (socket.readyState === WebSocket.OPEN) send(data);
  });
  channel.on('close', () => socket.close());
  socket.addEventListener('open', () => {
    for (const message of early.splice(0)) send(message);
  });
  socket.addEventListener('message', ({ data }) => {
    channel.postMessage(typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer));
  });
  socket.addEventListener('close', () => channel.close());
}
