import * as v from "valibot";
import { cut } from "@/lib/base/cut.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { type Listing, newListing, Objects } from "./directory/objects.ts";
import { Users } from "./directory/users.ts";
import type { Envelope } from "./link/envelope.ts";
import type { PbxInfo } from "./link/link_machine.ts";
import type { PbxLink } from "./link/pbx_link.ts";
import { LIMITS } from "./limits.ts";
import type { PbxPresence, PresenceSource } from "./presence/pbx_presence.ts";
import { Subscriptions } from "./presence/subscriptions.ts";
import { CallBook } from "./signal/call_book.ts";

const text = v.exactOptional(v.pipe(v.string(), v.maxLength(1_000)), "");

const RegisterResult = v.object({
  err: v.exactOptional(v.unknown()),
  stun: text,
  turn: text,
  turnUsr: text,
  turnPwd: text,
});

/** STUN and TURN servers of the PBX, several joined by `;`. */
export interface PbxIce {
  stun: string;
  turn: string;
  turnUsr: string;
  turnPwd: string;
}

export type Registration =
  | { state: "none" }
  | { state: "pending" }
  | { state: "registered"; ice: PbxIce }
  | { state: "failed"; text: string };

/** Everything that runs on one ready link, as far as its rights allow it. */
export class Station implements PresenceSource, Disposable {
  readonly link: PbxLink;
  readonly info: PbxInfo;
  /** `domain/pbx`, because links of several App objects belong to one PBX. */
  readonly pbxKey: string;
  readonly users: Users | undefined;
  readonly objects: Objects | undefined;
  readonly #subscriptions: Subscriptions | undefined;
  readonly #clock: Clock;
  #calls: { book: CallBook; src: string } | undefined;
  #registration: Registration = { state: "none" };
  #retry: Disposable | undefined;
  #isOver = false;

  constructor(
    link: PbxLink,
    info: PbxInfo,
    { clock, board, listings, cliOverride, before }: {
      clock: Clock;
      board: PbxPresence;
      /** By `pbxKey`. */
      listings: Map<string, Listing>;
      cliOverride: boolean;
      /** The station of the same link with other rights, whose calls continue
       * here. */
      before?: Station | undefined;
    },
  ) {
    this.link = link;
    this.info = info;
    this.pbxKey = `${info.domain}/${info.pbx}`;
    this.#clock = clock;
    const { pbxKey } = this;
    if (info.apis.includes("PbxApi")) {
      this.#subscriptions = new Subscriptions(
        link,
        clock,
        (...said) => board.hear(pbxKey, ...said),
      );
    }
    if (before !== undefined) this.#takeCalls(before);
    const maySignal = info.apis.includes("PbxSignal");
    if (maySignal && this.#registration.state !== "registered") {
      if (this.#calls === undefined) {
        const src = link.newSrc();
        const book = new CallBook(link, clock, src, cliOverride);
        this.#calls = { book, src };
      }
      void this.#register(this.#calls.src);
    } else if (!maySignal) this.#registration = { state: "none" };
    if (!info.apis.includes("PbxAdminApi")) return;
    this.users = new Users(link, clock, info.domain);
    const listing = listings.get(pbxKey) ?? newListing();
    listings.set(pbxKey, listing);
    this.objects = new Objects({
      link,
      clock,
      listing,
      watched: () => board.watched,
      tell: (objects) => board.setObjects(pbxKey, objects),
      subscribeDialog: (address, changed) => {
        const book = maySignal ? this.calls : undefined;
        return book?.subscribeDialog(address, changed) ??
          { [Symbol.dispose]: () => {} };
      },
    });
    void this.objects.refresh();
  }

  get calls(): CallBook | undefined {
    return this.#calls?.book;
  }

  get registration(): Registration {
    return this.#registration;
  }

  /** Presence subscriptions that the PBX has acknowledged. */
  get subscriptions(): number {
    return this.#subscriptions?.active ?? 0;
  }

  get hasPresence(): boolean {
    return this.#subscriptions !== undefined;
  }

  add(address: string): void {
    this.#subscriptions?.add(address);
    this.objects?.watching(address);
  }

  remove(address: string): void {
    this.#subscriptions?.remove(address);
  }

  /** Handles messages that are not answers. Other APIs are ignored. */
  message(message: Envelope): void {
    if (message.api === "PbxApi") this.#subscriptions?.message(message);
    else if (message.api === "PbxSignal" && message.mt === "Signaling") {
      this.calls?.message(message);
    }
  }

  /** Ends all calls and chats, because the link is lost or replaced. */
  [Symbol.dispose](): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#retry?.[Symbol.dispose]();
    this.#subscriptions?.[Symbol.dispose]();
    this.calls?.lose();
    this.objects?.[Symbol.dispose]();
  }

  /** P46: takes over the book with all running calls, and its registration. */
  #takeCalls(before: Station): void {
    this.#calls = before.#calls;
    before.#calls = undefined;
    if (before.#registration.state === "registered") {
      this.#registration = before.#registration;
    }
  }

  /** INFERRED: without `hw`, as apps do, and without NO_MEDIA_CALL. */
  async #register(src: string): Promise<void> {
    this.#registration = { state: "pending" };
    const answer = await this.link.request({
      api: "PbxSignal",
      mt: "Register",
      src,
    });
    if (this.#isOver) return;
    this.#registration = registrationOf(answer.ok ? answer.value : undefined);
    if (this.#registration.state !== "failed") return;
    this.link.problem(`Register failed: ${this.#registration.text}`);
    this.#retry = this.#clock.after(
      LIMITS.resubscribeMs,
      () => void this.#register(src),
    );
  }
}

function registrationOf(answer: Envelope | undefined): Registration {
  if (answer === undefined) return { state: "failed", text: "no answer" };
  const read = v.safeParse(RegisterResult, answer);
  if (!read.success) return { state: "failed", text: "unreadable answer" };
  const { err, ...ice } = read.output;
  return err === undefined || err === "" || err === null || err === 0
    ? { state: "registered", ice }
    : { state: "failed", text: cut(String(err), 200) };
}
