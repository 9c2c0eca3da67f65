/**
 * One end of an open WebSocket, with the few members that the banks need. `ws`
 * implements it.
 */
export interface Socket {
  /** Sends text frames, in order and, if possible, in one write. Does nothing
   * after a close. */
  send(...texts: string[]): void;
  /** Starts the closing handshake. Repeated calls do nothing. */
  close(code: number, reason?: string): void;
  /** Bytes that were sent but have not left the process yet. */
  readonly bufferedAmount: number;
}

/** Events of a socket. `closed` is called exactly once, last. */
export interface SocketEvents {
  message(text: string): void;
  closed(code: number): void;
}

/** The other end of a socket, as the handshake describes it. */
export interface Peer {
  /** The address by which limits count: the peer's, or the one from a trusted
   * proxy. */
  address: string;
  /** The handshake's Origin header, which only browsers send. */
  origin: string | null;
  /** The host, with its port, in the handshake. */
  host?: string;
  /** True if the address may be that of a proxy, which many clients share. */
  isProxy?: boolean;
}
