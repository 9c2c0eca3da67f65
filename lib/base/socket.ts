/**
 * One end of an open WebSocket, as little of it as the banks need. Behind it
 * stands `ws`.
 */
export interface Socket {
  /** Sends text frames, in order and, where it can, in one write. After a close
   * it does nothing. */
  send(...texts: string[]): void;
  /** Starts the closing handshake. Repeated calls do nothing. */
  close(code: number, reason?: string): void;
  /** Bytes that were sent but have not left the process yet. */
  readonly bufferedAmount: number;
}

/** What happens to a socket. `closed` is called exactly once, last. */
export interface SocketEvents {
  message(text: string): void;
  closed(code: number): void;
}

/** Who is at the other end, as the handshake said. */
export interface Peer {
  /** The address that limits count by: the peer's, or a trusted proxy's word. */
  address: string;
  /** The handshake's Origin header; a program that is no browser has none. */
  origin: string | null;
  /** The host, with its port, that the handshake asked for. */
  host?: string;
}
