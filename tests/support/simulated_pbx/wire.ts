import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";

/** The PBX's end of a connection. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

export interface WireEvents {
  opened(): void;
  message(text: string): void;
  closed(): void;
}

export type OpenWire = (events: WireEvents) => Wire;

/** A real WebSocket to the App's instance path, as `ws://127.0.0.1:8000/widgets`. */
export function webSocketWire(url: string): OpenWire {
  return (events) => {
    const socket = new WebSocket(url);
    socket.onopen = () => events.opened();
    socket.onmessage = ({ data }) => events.message(String(data));
    socket.onclose = () => events.closed();
    socket.onerror = () => {}; // A close follows.
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      close: () => socket.close(),
    };
  };
}

/** Creates a pair of sockets in memory, for tests that control the clock.
 * Frames and closes are delivered in order, each in a separate turn. */
export function memoryWire(
  accept: (socket: Socket, peer: Peer) => SocketEvents,
  peer: Peer = { address: "192.0.2.10", origin: null },
): OpenWire {
  return (pbx) => {
    let isOpen = true;
    const later = (run: () => void) => queueMicrotask(run);
    const end = (code: number) => {
      if (!isOpen) return;
      isOpen = false;
      later(() => service.closed(code));
      later(() => pbx.closed());
    };
    const socket: Socket = {
      send: (text) => later(() => isOpen && pbx.message(text)),
      close: (code) => later(() => end(code)),
      bufferedAmount: 0,
    };
    const service = accept(socket, peer);
    later(() => pbx.opened());
    return {
      send: (text) => later(() => isOpen && service.message(text)),
      close: () => end(1006),
    };
  };
}
