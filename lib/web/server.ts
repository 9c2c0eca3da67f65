import type { Buffer } from "node:buffer";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Socket as TcpSocket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { Account } from "@/lib/model/account.ts";
import { NativeSockets } from "./native_sockets.ts";
import { Networks } from "./networks.ts";
import { type Claims, isSecure, peerAddress } from "./peer.ts";
import type { Config } from "./settings.ts";
import { VisitorSockets } from "./visitor_sockets.ts";

const log = getLogger(["widgets", "server"]);

/** Seconds until a silent PBX or desk counts as gone. */
const NATIVE_IDLE_SECONDS = 30;
/** A request's headers and body must be there by then. */
const REQUEST_WITHIN_MS = 60_000;

/** What stands behind the one port. */
export interface Doors {
  http(
    request: Request,
    info: { remoteAddr: { hostname: string; port: number; transport: "tcp" } },
  ): Promise<Response>;
  visitor(socket: Socket, peer: Peer): SocketEvents;
  /** Who is signed in by this request's cookie. */
  signedIn(request: Request): Promise<Account | undefined>;
  desk(socket: Socket, account: Account): SocketEvents;
  pbx(socket: Socket, peer: Peer): SocketEvents;
}

export interface RunningServer extends AsyncDisposable {
  port: number;
}

/** Opens the port and serves until disposed. Rejects if the port is taken. */
export async function serve(
  doors: Doors,
  { config, clock }: { config: Config; clock: Clock },
): Promise<RunningServer> {
  const gate = new Gate(doors, config, clock);
  const server = createServer(getRequestListener(
    (request, { incoming }) =>
      gate.request(request, incoming as IncomingMessage),
    { overrideGlobalObjects: false },
  ));
  server.requestTimeout = REQUEST_WITHIN_MS;
  server.on("upgrade", (request: IncomingMessage, tcp, head) => {
    gate.upgrade(request, tcp as TcpSocket, head).catch((error) => {
      log.error("Cannot upgrade {url}: {error}", { url: request.url, error });
      tcp.destroy();
    });
  });
  await listen(server, config);
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : config.port,
    async [Symbol.asyncDispose]() {
      // Not `close(done)`: Deno never calls it once a connection went native.
      server.close();
      server.closeAllConnections();
      await gate[Symbol.asyncDispose]();
    },
  };
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      done();
    });
  });
}

/** Decides who may pass where. */
class Gate implements AsyncDisposable {
  readonly #doors: Doors;
  readonly #path: string;
  readonly #trusted: Networks;
  readonly #pbxFrom: Networks;
  readonly #visitors: VisitorSockets;
  readonly #native: NativeSockets;

  constructor(doors: Doors, config: Config, clock: Clock) {
    this.#doors = doors;
    this.#path = config.instancePath;
    this.#trusted = new Networks(config.trustedProxies);
    this.#pbxFrom = new Networks(config.pbxFrom);
    this.#visitors = new VisitorSockets(doors.visitor.bind(doors), clock);
    this.#native = new NativeSockets(NATIVE_IDLE_SECONDS, clock);
  }

  /** The URL is the one that the browser used, also behind a proxy's TLS. */
  request(request: Request, incoming: IncomingMessage): Promise<Response> {
    const claims = claimsOf(incoming);
    const hostname = peerAddress(claims, this.#trusted);
    const secure = isSecure(claims, { trusted: this.#trusted, tls: false });
    const seen = secure
      ? new Request(request.url.replace(/^http:/, "https:"), request)
      : request;
    return this.#doors.http(seen, {
      remoteAddr: {
        hostname,
        port: incoming.socket.remotePort ?? 0,
        transport: "tcp",
      },
    });
  }

  async upgrade(
    incoming: IncomingMessage,
    tcp: TcpSocket,
    head: Buffer,
  ): Promise<void> {
    tcp.on("error", () => tcp.destroy());
    const request = toRequest(incoming);
    if (request === undefined) return refuse(tcp, "400 Bad Request");
    const peer: Peer = {
      address: peerAddress(claimsOf(incoming), this.#trusted),
      origin: request.headers.get("origin"),
    };
    const path = new URL(request.url).pathname;
    if (path === `${this.#path}/service`) {
      this.#visitors.upgrade(incoming, { tcp, head, peer });
    } else if (path === "/desk/service") {
      await this.#desk({ request, tcp, head });
    } else if (path === this.#path || path === `${this.#path}/`) {
      if (!this.#pbxFrom.has(peer.address)) {
        log.warn("Refused a PBX from {address}", { address: peer.address });
        return refuse(tcp, "403 Forbidden");
      }
      this.#native.accept(
        { request, tcp, head },
        (socket) => this.#doors.pbx(socket, peer),
      );
    } else refuse(tcp, "404 Not Found");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#visitors[Symbol.dispose]();
    await this.#native[Symbol.asyncDispose]();
  }

  /** The cookie alone would let any page open a desk: the origin must be ours. */
  async #desk(
    { request, tcp, head }: {
      request: Request;
      tcp: TcpSocket;
      head: Buffer;
    },
  ): Promise<void> {
    const origin = request.headers.get("origin");
    if (origin !== null && hostOf(origin) !== new URL(request.url).host) {
      return refuse(tcp, "403 Forbidden");
    }
    const account = await this.#doors.signedIn(request);
    if (account === undefined) return refuse(tcp, "401 Unauthorized");
    this.#native.accept(
      { request, tcp, head },
      (socket) => this.#doors.desk(socket, account),
    );
  }
}

function claimsOf(incoming: IncomingMessage): Claims {
  return {
    remote: incoming.socket.remoteAddress ?? "",
    forwardedFor: text(incoming.headers["x-forwarded-for"]),
    forwardedProto: text(incoming.headers["x-forwarded-proto"]),
  };
}

function toRequest(incoming: IncomingMessage): Request | undefined {
  const url = URL.parse(
    incoming.url ?? "",
    `http://${incoming.headers.host ?? "localhost"}`,
  );
  if (url === null) return undefined;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, text(value) ?? "");
  }
  return new Request(url, { headers });
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(", ") : value;
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}

function refuse(tcp: TcpSocket, status: string): void {
  tcp.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
