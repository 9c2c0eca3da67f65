import { getLogger } from "@logtape/logtape";
import { cut } from "@/lib/base/cut.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import { Machine } from "@/lib/base/machine.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import { LIMITS } from "../limits.ts";
import {
  isGenuine,
  newChallenge,
  type ReceivedLogin,
} from "../login/app_login.ts";
import type { Envelope, OutgoingMessage } from "./envelope.ts";
import {
  type LinkState,
  openLink,
  type PbxInfo,
  type PbxLinkEffect,
  type PbxLinkEvent,
  stepLink,
} from "./link_machine.ts";
import { type Trace, withoutSecrets } from "./trace.ts";

const log = getLogger(["widgets", "pbx"]);

/** The dependencies of a link. */
export interface LinkTools {
  clock: Clock;
  /** The App password, if there is one. */
  password: () => Promise<string | undefined>;
  trace: Trace;
}

/** Receives the events of a link. */
export interface LinkOwner {
  /** The link can be used, or its rights have changed. */
  ready(link: PbxLink, info: PbxInfo): void;
  /** A message of an API that is not an answer. */
  message(link: PbxLink, message: Envelope): void;
  /** True if too many logins like this one were rejected. */
  mustWait(link: PbxLink): boolean;
  refused(link: PbxLink): void;
  /** Called exactly once, last. */
  closed(link: PbxLink): void;
}

export interface LinkError {
  time: number;
  text: string;
}

type Answer = Result<Envelope, "late" | "lost">;

interface Pending {
  /** The name of the answer. */
  result: string;
  settle(answer: Answer): void;
}

/** A connection of a PBX: runs the state machine of link_machine.ts on a
 * socket. */
export class PbxLink implements SocketEvents {
  readonly address: string;
  readonly openedAt: number;
  readonly errors: LinkError[] = [];
  readonly counts = { received: 0, sent: 0, problems: 0 };
  /** Of the last answered request, in ms. */
  roundTripMs: number | undefined;
  readonly #socket: Socket;
  readonly #tools: LinkTools;
  readonly #owner: LinkOwner;
  /** Pending requests by their mark, oldest first. */
  readonly #pending = new Map<string, Pending>();
  readonly #machine: Machine<LinkState, PbxLinkEvent, PbxLinkEffect>;
  #claim = "";
  #nextSrc = 1;
  #isOver = false;

  constructor(
    socket: Socket,
    address: string,
    { tools, owner }: { tools: LinkTools; owner: LinkOwner },
  ) {
    this.#socket = socket;
    this.address = address;
    this.#tools = tools;
    this.#owner = owner;
    this.openedAt = tools.clock.now();
    this.#machine = new Machine({
      initial: openLink(newChallenge(), this.openedAt),
      step: stepLink,
      perform: (effect) => this.#perform(effect),
      clock: tools.clock,
      dueAt: ({ until }) => until,
    });
  }

  /** `domain/pbx/App object`, known once the link is ready. */
  get key(): string | undefined {
    if (this.#state.state !== "ready") return undefined;
    const { info } = this.#state;
    return `${info.domain}/${info.pbx}/${this.appObject}`;
  }

  /** The name of the App object; empty until the link is ready. */
  get appObject(): string {
    if (this.#state.state !== "ready") return "";
    const { login } = this.#state;
    return login.info?.appobj || login.sip;
  }

  /** The App object and PBX that its login claims, true or not. */
  get claim(): string {
    return this.#claim;
  }

  get info(): PbxInfo | undefined {
    return this.#state.state === "ready" ? this.#state.info : undefined;
  }

  message(frame: string): void {
    this.counts.received++;
    this.#note("in", frame);
    try {
      this.#machine.dispatch({ type: "frame", text: frame });
    } catch (error) { // A single message must never end the process.
      this.problem(`failed: ${errorMessage(error)}`);
      log.error("Cannot process a PBX message: {error}", { error });
    }
  }

  closed(code: number): void {
    this.note(`closed ${code}`);
    this.#end();
  }

  /** Closes the connection. */
  close(reason: string): void {
    this.note(reason);
    this.#socket.close(1000, reason);
    this.#end();
  }

  send(message: OutgoingMessage): void {
    const frame = JSON.stringify(message);
    this.counts.sent++;
    this.#note("out", frame, message);
    this.#socket.send(frame);
  }

  /** Returns a mark for a request or a subscription, unique on this link. */
  newSrc(): string {
    return `cw${this.#nextSrc++}`;
  }

  /** Sends a request and waits for its answer (same `src`). Never rejects. */
  request(message: OutgoingMessage): Promise<Answer> {
    if (this.#isOver) return Promise.resolve(err("lost"));
    const src = message.src ?? this.newSrc();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const { clock } = this.#tools;
    const asked = clock.now();
    const timer = clock.after(LIMITS.answerWithinMs, () => {
      this.#pending.delete(src);
      this.problem(`${message.mt} was not answered`);
      resolve(err("late"));
    });
    const settle = (answer: Answer) => {
      timer[Symbol.dispose]();
      this.#pending.delete(src);
      if (answer.ok) this.roundTripMs = clock.now() - asked;
      resolve(answer);
    };
    this.#pending.set(src, { result: `${message.mt}Result`, settle });
    this.send({ ...message, src });
    return promise;
  }

  /** Records a problem for /admin/pbx. */
  problem(text: string): void {
    this.counts.problems++;
    this.errors.push({
      time: this.#tools.clock.wall(),
      text: cut(text, 300),
    });
    if (this.errors.length > LIMITS.errors) this.errors.shift();
  }

  /** Notes in the trace how a message was interpreted. */
  note(text: string): void {
    this.#tools.trace.add({ ...this.#entry("note"), text });
  }

  get #state(): LinkState {
    return this.#machine.state;
  }

  #perform(effect: PbxLinkEffect): void {
    switch (effect.type) {
      case "send":
        return this.send(effect.message);
      case "close":
        this.#socket.close(effect.code, effect.reason);
        return this.#end();
      case "check":
        return void this.#check(effect.received, effect.challenge);
      case "ready":
        if (this.info) this.#owner.ready(this, this.info);
        return;
      case "deliver":
        return this.#deliver(effect.message);
      case "refused":
        return this.#owner.refused(this);
      case "problem":
        return this.problem(effect.text);
    }
  }

  async #check(received: ReceivedLogin, challenge: string): Promise<void> {
    const { domain, sip, info } = received.login;
    this.#claim = [domain, info?.pbx ?? "", info?.appobj || sip].join("/");
    if (this.#owner.mustWait(this)) {
      const reason = "too many refused logins";
      return this.#machine.dispatch({ type: "unchecked", reason });
    }
    let password: string | undefined;
    try {
      password = await this.#tools.password();
    } catch (error) { // Not a wrong password, so it doesn't count as one.
      const { address } = this;
      log.warn("Cannot check a PBX login from {address}: {why}", {
        address,
        why: errorMessage(error),
      });
      const reason = "the App password cannot be read now";
      return this.#machine.dispatch({ type: "unchecked", reason });
    }
    if (password === undefined) this.problem("no App password is set");
    const genuine = password !== undefined &&
      isGenuine(received, challenge, password);
    this.#machine.dispatch({ type: "checked", genuine });
  }

  #deliver(message: Envelope): void {
    const request = this.#requestOf(message);
    if (request === undefined) this.#owner.message(this, message);
    else request.settle(ok(message));
  }

  /** INFERRED: an answer has the name of its request with `Result`, and its
   * mark. An answer without a mark belongs to the oldest request of that
   * name. */
  #requestOf({ mt, src }: Envelope): Pending | undefined {
    if (src === undefined) {
      return [...this.#pending.values()].find(({ result }) => result === mt);
    }
    const request = this.#pending.get(src);
    return request?.result === mt ? request : undefined;
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#machine.dispatch({ type: "closed" });
    for (const { settle } of [...this.#pending.values()]) settle(err("lost"));
    this.#owner.closed(this);
  }

  #note(
    direction: "in" | "out",
    frame: string,
    message?: OutgoingMessage,
  ): void {
    const mt = message?.mt ?? /"mt"\s*:\s*"(\w{1,64})"/.exec(frame)?.[1] ?? "";
    const api = message?.api ?? /"api"\s*:\s*"(\w{1,64})"/.exec(frame)?.[1] ??
      "";
    const text = withoutSecrets(frame);
    this.#tools.trace.add({ ...this.#entry(direction), mt, api, text });
  }

  #entry(direction: "in" | "out" | "note") {
    const link = this.key ?? this.address;
    const time = this.#tools.clock.wall();
    return { time, link, direction, mt: "", api: "", text: "" };
  }
}
