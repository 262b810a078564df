// Hands a client's channel on to the process that hosts the workspace, message by message.
import type { Channel, ChannelMessage } from './channel.ts';

/** Either end that goes away takes the other along: who was connected opens a new channel and finds the host of then. */
export function bridgeToHost(channel: Channel, address: string): void {
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  const early: ChannelMessage[] = [];
  const send = (message: ChannelMessage) => socket.send(message as string | Uint8Array<ArrayBuffer>);
  channel.on('message', ({ data }) => {
    if (socket.readyState === WebSocket.CONNECTING) early.push(data);
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
