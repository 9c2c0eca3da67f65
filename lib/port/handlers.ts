import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { Account } from "@/lib/model/account.ts";
import type { SocketKind } from "./socket_paths.ts";
import type { FileAnswer, FileRequest } from "./widget_files.ts";
import type { CutReason, Sockets } from "./ws_sockets.ts";

/** The handlers of the port. */
export interface Handlers {
  /** The files that every website requests, which bypass the app. */
  file(request: FileRequest): FileAnswer | undefined;
  /** Files of other versions; undefined for any other path. Never rejects. */
  oldFile?(request: FileRequest): Promise<FileAnswer | undefined> | undefined;
  http(
    request: Request,
    info: { remoteAddr: { hostname: string; port: number; transport: "tcp" } },
  ): Promise<Response>;
  visitor(socket: Socket, peer: Peer): SocketEvents;
  /** Returns the account that the request's session cookie belongs to, if
   * any. */
  signedIn(request: Request): Promise<Account | undefined>;
  desk(socket: Socket, account: Account): SocketEvents;
  pbx(socket: Socket, peer: Peer): SocketEvents;
  /** Called for a PBX connection from an address that is not allowed. */
  noPbx(peer: Peer): void;
  /** Called when a socket was terminated here, before its room did so. */
  cut?(kind: SocketKind, why: CutReason): void;
  /** Answers the operator's endpoints, before everything else. */
  operator?: OperatorEndpoints;
}

/** The operator's endpoints. */
export interface OperatorEndpoints {
  /** Returns undefined for other paths. */
  answer(pathname: string, asker: Asker): Promise<Response> | undefined;
  /** Sets the source of the number of sockets. */
  watch(sockets: () => Sockets): void;
}

/** The client of a request, and whether an untrusted proxy forwarded it. */
export interface Asker {
  address: string;
  isRelayed: boolean;
}
