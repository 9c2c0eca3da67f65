import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Socket as TcpSocket } from "node:net";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";

/** An upgrade as `node:http` hands it over. */
export interface Upgrade {
  incoming: IncomingMessage;
  request: Request;
  tcp: TcpSocket;
  /** Bytes that came right behind the request. */
  head: Buffer;
}

/** One way to answer upgrades; all its sockets close when it is disposed. */
export interface Sockets extends AsyncDisposable {
  /** Answers with 101; `accept` is called as soon as frames can be sent. */
  accept(upgrade: Upgrade, accept: (socket: Socket) => SocketEvents): void;
}
