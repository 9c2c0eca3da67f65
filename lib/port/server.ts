import type { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket as TcpSocket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { Peer, Socket } from "@/lib/base/socket.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import {
  bodyBytesMax,
  closeUnread,
  refuseLongBody,
  withBodyLimit,
} from "./body_limit.ts";
import type { Handlers } from "./handlers.ts";
import type { IdleLimits } from "./idle_connections.ts";
import { claimsOf, isForwarded, toRequest, urlOf } from "./incoming.ts";
import { createListener } from "./listener.ts";
import { keepAccepting, listen } from "./listen.ts";
import { Networks } from "./networks.ts";
import { isProxy, isSecure, peerAddress } from "./peer.ts";
import type { PortSettings } from "./port_settings.ts";
import { refuseUpgrade as refuse } from "./refuse_upgrade.ts";
import { type SocketKind, socketPaths } from "./socket_paths.ts";
import type { FileAnswer } from "./widget_files.ts";
import { SignIns } from "./sign_ins.ts";
import { whileSignedIn } from "./signed_in_socket.ts";
import {
  type CutReason,
  type Sockets,
  type Upgrade,
  WsSockets,
} from "./ws_sockets.ts";

const log = getLogger(["widgets", "server"]);

/** Maximum size of a PBX's message: a page of a long list of users. */
const PBX_FRAME_BYTES_MAX = 1_048_576;
const HEARTBEAT_MS = 30_000;

export interface ServerOptions {
  config: PortSettings;
  clock: Clock;
  /** Time between two pings of a socket. */
  heartbeatMs?: number;
  /** Runs after the port was opened. Requests wait until it resolves, and the
   * server stops if it rejects. */
  prepare?: () => Promise<void>;
  /** Limits of connections without a request; tests set low ones. */
  idleLimits?: IdleLimits;
}

export interface RunningServer extends AsyncDisposable {
  port: number;
  tls: boolean;
  /** Accepts no new connections; open ones stay. */
  stopListening(): void;
  /** Closes the sockets of visitors and agents with 1012, so that their pages
   * reconnect at another instance. */
  sendPagesAway(): void;
}

/**
 * Opens the port and serves until disposed of. Rejects if the port is taken.
 */
export async function serve(
  handlers: Handlers,
  options: ServerOptions,
): Promise<RunningServer> {
  const { config } = options;
  const tls = config.tlsCert !== "";
  await using opened = new AsyncDisposableStack();
  const gate = opened.use(new Gate(handlers, { ...options, tls }));
  const toApp = getRequestListener(
    (request, { incoming }) =>
      gate.request(request, incoming as IncomingMessage),
    { overrideGlobalObjects: false },
  );
  handlers.operator?.watch(() => gate.sockets());
  const prepared = Promise.withResolvers<void>();
  const listener = opened.use(
    await createListener(async (incoming, outgoing) => {
      await prepared.promise;
      answer(handlers, { incoming, outgoing, toApp });
    }, options),
  );
  const { server } = listener;
  opened.defer(() => {
    // Not `close(done)`: Deno never calls it once a connection went native.
    server.close();
    server.closeAllConnections();
  });
  server.on("upgrade", async (incoming: IncomingMessage, tcp, head) => {
    await prepared.promise;
    gate.upgrade(incoming, tcp as TcpSocket, head).catch((error) => {
      log.error("Cannot upgrade a connection: {error}", { error });
      tcp.destroy();
    });
  });
  const port = await listen(server, config);
  const guards = opened.use(keepAccepting(server, { ...options, port }));
  await options.prepare?.();
  prepared.resolve();
  const all = opened.move();
  return {
    port,
    tls,
    stopListening() {
      guards[Symbol.dispose]();
      server.close();
    },
    sendPagesAway: () => gate.sendPagesAway(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Answers a request with a file of the widget, or through the app. */
function answer(
  handlers: Pick<Handlers, "file" | "oldFile">,
  { incoming, outgoing, toApp }: {
    incoming: IncomingMessage;
    outgoing: ServerResponse;
    toApp(incoming: IncomingMessage, outgoing: ServerResponse): unknown;
  },
): void {
  if (refuseLongBody(incoming, outgoing)) return;
  closeUnread(incoming, outgoing);
  const send = (file: FileAnswer | undefined): void => {
    if (file === undefined) toApp(incoming, outgoing);
    else outgoing.writeHead(file.status, file.headers).end(file.body);
  };
  const file = handlers.file(incoming);
  const old = file ? undefined : handlers.oldFile?.(incoming);
  if (old === undefined) return send(file);
  old.then(send);
}

/** Decides which connections are allowed. */
class Gate implements AsyncDisposable {
  readonly #handlers: Handlers;
  readonly #clock: Clock;
  readonly #paths: ReturnType<typeof socketPaths>;
  readonly #tls: boolean;
  readonly #trusted: Networks;
  readonly #pbxFrom: Networks;
  readonly #visitors: WsSockets;
  readonly #desks: WsSockets;
  readonly #pbxs: WsSockets;
  readonly #signIns: SignIns;

  constructor(
    handlers: Handlers,
    { config, clock, tls, heartbeatMs = HEARTBEAT_MS }: ServerOptions & {
      tls: boolean;
    },
  ) {
    this.#handlers = handlers;
    this.#clock = clock;
    this.#signIns = new SignIns((request) => handlers.signedIn(request));
    this.#paths = socketPaths(config.instancePath);
    this.#tls = tls;
    this.#trusted = new Networks(config.trustedProxies);
    this.#pbxFrom = new Networks(config.pbxFrom);
    const open = (kind: SocketKind, frameBytesMax: number) => {
      const cut = (why: CutReason) => handlers.cut?.(kind, why);
      return new WsSockets({ frameBytesMax, heartbeatMs, clock, cut });
    };
    this.#visitors = open("visitor", LIMITS.frameBytes);
    this.#desks = open("desk", DESK_LIMITS.frameLength);
    this.#pbxs = open("pbx", PBX_FRAME_BYTES_MAX);
  }

  /** The URL is the one that the browser used, even behind a proxy's TLS. */
  request(request: Request, incoming: IncomingMessage): Promise<Response> {
    const claims = claimsOf(incoming);
    const address = peerAddress(claims, this.#trusted);
    const { pathname } = new URL(request.url);
    const forOperator = this.#handlers.operator?.answer(
      pathname,
      {
        address,
        isRelayed: claims.forwardedFor !== undefined &&
          !this.#trusted.has(claims.remote),
      },
    );
    if (forOperator !== undefined) return forOperator;
    const secure = isSecure(claims, { trusted: this.#trusted, tls: this.#tls });
    const seen = secure && request.url.startsWith("http:")
      ? new Request(request.url.replace("http:", "https:"), request)
      : request;
    const remoteAddr = {
      hostname: address,
      port: incoming.socket.remotePort ?? 0,
      transport: "tcp",
    } as const;
    return withBodyLimit(
      seen,
      bodyBytesMax(pathname),
      (limited) => this.#handlers.http(limited, { remoteAddr }),
    );
  }

  async upgrade(
    incoming: IncomingMessage,
    tcp: TcpSocket,
    head: Buffer,
  ): Promise<void> {
    tcp.on("error", () => tcp.destroy());
    const claims = claimsOf(incoming);
    const secure = isSecure(claims, { trusted: this.#trusted, tls: this.#tls });
    const url = urlOf(incoming, secure ? "https" : "http");
    if (url === null) return refuse(tcp, "400 Bad Request");
    const upgrade: Upgrade = { incoming, tcp, head };
    const { host, pathname: path } = url;
    const peer: Peer = {
      address: peerAddress(claims, this.#trusted),
      origin: incoming.headers.origin ?? null,
      host,
      isProxy: isProxy(
        { ...claims, isForwarded: isForwarded(incoming) },
        this.#trusted,
      ),
    };
    switch (this.#paths.get(path)) {
      case "visitor": {
        const accept = (socket: Socket) => this.#handlers.visitor(socket, peer);
        return this.#visitors.accept(upgrade, accept);
      }
      case "desk":
        return await this.#desk(upgrade, url);
      case "pbx":
        return this.#pbx(upgrade, peer);
      default:
        return refuse(tcp, "404 Not Found");
    }
  }

  sockets(): Sockets {
    return {
      visitor: this.#visitors.load(),
      desk: this.#desks.load(),
      pbx: this.#pbxs.load(),
    };
  }

  sendPagesAway(): void {
    this.#visitors.sendAway();
    this.#desks.sendAway();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [this.#visitors, this.#desks, this.#pbxs];
    await Promise.all(all.map((sockets) => sockets[Symbol.asyncDispose]()));
  }

  #pbx(upgrade: Upgrade, peer: Peer): void {
    const isPbx = this.#pbxFrom.has(peer.address);
    if (!isPbx) this.#handlers.noPbx(peer);
    // Only browsers send an origin, and a PBX is not a browser.
    if (!isPbx || peer.origin) return refuse(upgrade.tcp, "403 Forbidden");
    this.#pbxs.accept(upgrade, (socket) => this.#handlers.pbx(socket, peer));
  }

  /** With the cookie alone, any page could open a desk, so the origin must be
   * ours. */
  async #desk(upgrade: Upgrade, url: URL): Promise<void> {
    const { incoming, tcp } = upgrade;
    const { origin } = incoming.headers;
    if (origin !== undefined && URL.parse(origin)?.host !== url.host) {
      return refuse(tcp, "403 Forbidden");
    }
    const request = toRequest(incoming, url);
    const signedIn = await this.#signIns.of(request);
    if (!signedIn.ok) return refuse(tcp, "503 Service Unavailable");
    const account = signedIn.value;
    if (account === undefined) return refuse(tcp, "401 Unauthorized");
    if (account.mustChangePassword) {
      return refuse(tcp, "403 Forbidden", "Change your password first\n");
    }
    this.#desks.accept(
      upgrade,
      (socket) =>
        whileSignedIn(socket, this.#handlers.desk(socket, account), {
          isSignedIn: async () =>
            (await this.#handlers.signedIn(request))?.id === account.id,
          code: DESK_CLOSE.signedOut,
          clock: this.#clock,
        }),
    );
  }
}
