import * as v from "valibot";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { Pipe, PipeEvents } from "./pipes.ts";
import {
  type FromHome,
  FromRelay,
  RELAYED_LENGTH_MAX,
  SocketOpening,
} from "./socket_messages.ts";

/** The banks of this instance, for sockets that other instances relay. Each
 * returns undefined if this instance isn't the home. */
export interface RelayedBanks {
  visitor(token: string, socket: Socket, peer: Peer): SocketEvents | undefined;
  desk(account: string, socket: Socket): SocketEvents | undefined;
}

export interface RemoteSocketOptions {
  banks: RelayedBanks;
  /** A message was not readable, so its socket is closed. */
  onBadMessage(): void;
}

/** The code of a connection that was lost without a closing handshake. */
const LOST = 1006;
const NOTHING: PipeEvents = { message: () => {}, broken: () => {} };

/** Opens a pipe whose first message is a SocketOpening: the socket of a page is
 * at the other instance, and its home is this one. */
export function openRemoteSocket(
  pipe: Pipe,
  opening: unknown,
  { banks, onBadMessage }: RemoteSocketOptions,
): PipeEvents {
  const read = v.safeParse(SocketOpening, opening);
  if (!read.success) {
    onBadMessage();
    pipe.close();
    return NOTHING;
  }
  const socket = new RemoteSocket(pipe, onBadMessage);
  const to = read.output;
  const events = to.endpoint === "visitor"
    ? banks.visitor(to.token, socket, to.peer)
    : banks.desk(to.account, socket);
  if (events === undefined) {
    const refused: FromHome = { type: "refused" };
    pipe.send(refused);
    pipe.close();
    return NOTHING;
  }
  socket.start(events);
  return socket;
}

/** A socket at another instance. What is sent before `start` waits. */
class RemoteSocket implements Socket, PipeEvents {
  readonly #pipe: Pipe;
  readonly #onBadMessage: () => void;
  /** Undefined before `start` and after `closed`. */
  #events: SocketEvents | undefined;
  #early: FromHome[] | undefined = [];
  #isClosing = false;
  bufferedAmount = 0;

  constructor(pipe: Pipe, onBadMessage: () => void) {
    this.#pipe = pipe;
    this.#onBadMessage = onBadMessage;
  }

  /** The bank has accepted the socket. */
  start(events: SocketEvents): void {
    this.#events = events;
    this.#pipe.send({ type: "accepted" } satisfies FromHome);
    for (const message of this.#early ?? []) this.#pipe.send(message);
    this.#early = undefined;
  }

  send(...texts: string[]): void {
    if (this.#isClosing) return;
    for (const message of messagesOf(texts)) this.#tell(message);
  }

  close(code: number): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#tell({ type: "close", code });
  }

  message(given: unknown): void {
    const read = v.safeParse(FromRelay, given);
    if (!read.success) {
      this.#onBadMessage();
      this.#pipe.close();
      return this.#closed(LOST);
    }
    const message = read.output;
    switch (message.type) {
      case "text":
        return this.#events?.message(message.text);
      case "unsent":
        this.bufferedAmount = message.bytes;
        return;
      case "closed":
        this.#pipe.close();
        return this.#closed(message.code);
    }
  }

  broken(): void {
    this.#closed(LOST);
  }

  #tell(message: FromHome): void {
    if (this.#early === undefined) this.#pipe.send(message);
    else this.#early.push(message);
  }

  #closed(code: number): void {
    const events = this.#events;
    this.#events = undefined;
    this.#isClosing = true;
    events?.closed(code);
  }
}

/** Packs texts into messages that a pipe can carry. */
function* messagesOf(texts: readonly string[]): Generator<FromHome> {
  let some: string[] = [];
  let length = 0;
  for (const text of texts) {
    if (some.length > 0 && length + text.length > RELAYED_LENGTH_MAX) {
      yield { type: "texts", texts: some };
      [some, length] = [[], 0];
    }
    if (text.length > RELAYED_LENGTH_MAX) yield* partsOf(text);
    else {
      some.push(text);
      length += text.length;
    }
  }
  if (some.length > 0) yield { type: "texts", texts: some };
}

function* partsOf(text: string): Generator<FromHome> {
  for (let at = 0; at < text.length; at += RELAYED_LENGTH_MAX) {
    const end = at + RELAYED_LENGTH_MAX;
    const isLast = end >= text.length;
    yield { type: "part", text: text.slice(at, end), isLast };
  }
}
