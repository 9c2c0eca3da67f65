import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type {
  ChatBefore,
  ChatCommand,
  ChatEvent,
  ChatLeg,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import { ClaimedPlace } from "./claimed_place.ts";

/** Wait before an agent is looked for again whose instance did not answer. */
const LOOK_AGAIN_MS = 1_000;

/** The places at which an agent can be, as a chat uses them. A place is the id of
 * an instance. */
export interface ChatPlaces {
  clock: Clock;
  /** Returns the places to try, the best first; at least this instance. */
  of(address: string): string[];
  /** Returns the leg at a place, or undefined if it does not have this chat. A
   * remote leg reports later that it does not: `refused`, or that it is lost. */
  open(place: string, request: ChatRequest): ChatLeg | undefined;
}

export interface ChatRequest {
  chat: OutgoingChat;
  tell(event: ChatEvent): void;
  /** Absent for a new chat. */
  before?: ChatBefore;
  /** The place does not have the chat. */
  refused(): void;
  /** Another instance has become the chat's home, so this one lets go. */
  replaced(): void;
  /** The place is gone, and the chat has not ended. */
  lost(): void;
}

/**
 * The agent's side of a chat, which follows the agent from instance to instance:
 * when one dies, or the agent has moved, the chat continues at another one, and
 * the visitor's side does not notice it.
 */
export class ClusterChat implements ChatLeg {
  readonly #chat: OutgoingChat;
  readonly #places: ChatPlaces;
  readonly #tell: (event: ChatEvent) => void;
  readonly #onOver: () => void;
  /** The chat's state, with which another place continues it. */
  #before: ChatBefore;
  #isVisitorHere = true;
  /** When an idle chat ends, by the clock of this instance. */
  #endsAt: number | undefined;
  /** The other agents in the chat. */
  #agents: (ChatCommand & { type: "agents" }) | undefined;
  #place = "";
  readonly #claimed: ClaimedPlace;
  #leg: ChatLeg | undefined;
  /** Changes with the place; what an earlier one sends is ignored. */
  #turn = 0;
  #isOver = false;
  #timer: Disposable | undefined;

  constructor(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    { places, onOver, before }: {
      places: ChatPlaces;
      /** Called once, before the last event. */
      onOver(): void;
      before?: ChatBefore;
    },
  ) {
    this.#onOver = onOver;
    this.#chat = chat;
    this.#tell = tell;
    this.#places = places;
    this.#claimed = new ClaimedPlace(places.clock);
    this.#isVisitorHere = before === undefined;
    this.#before = before ?? {
      startedAt: places.clock.wall(),
      alerted: false,
      read: { visitor: 0, agent: 0 },
    };
  }

  get id(): string {
    return this.#chat.id;
  }

  /** True, because a chat can always continue at another place. */
  get canMove(): boolean {
    return !this.#isOver;
  }

  /** Opens a new chat. */
  open(): void {
    const [place = ""] = this.#places.of(this.#chat.address);
    this.#enter(place, {});
  }

  /** Continues a chat. Returns false if no place has it; a remote place may say
   * so later, and then the chat ends. */
  resume(places = this.#places.of(this.#chat.address)): boolean {
    const [place, ...others] = places;
    if (place === undefined) return false;
    const before = this.#before;
    if (!this.#enter(place, { before, others })) return this.resume(others);
    if (this.#isVisitorHere) this.#leg?.send({ type: "visitor", here: true });
    this.#repeatState();
    return true;
  }

  send(command: ChatCommand): void {
    if (this.#isOver) return;
    const { read } = this.#before;
    if (command.type === "visitor") this.#isVisitorHere = command.here;
    if (command.type === "idle") this.#endsAt = this.#timeIn(command.leftMs);
    if (command.type === "agents") this.#agents = command;
    if (command.type === "read") {
      this.#before.read = { ...read, visitor: command.seq };
    }
    this.#leg?.send(command);
  }

  #timeIn(leftMs: number | undefined): number | undefined {
    return leftMs === undefined ? undefined : this.#places.clock.now() + leftMs;
  }

  /** Tells a new place the state that only this instance has. */
  #repeatState(): void {
    if (this.#agents !== undefined) this.#leg?.send(this.#agents);
    if (this.#endsAt === undefined) return;
    const leftMs = Math.max(0, this.#endsAt - this.#places.clock.now());
    this.#leg?.send({ type: "idle", leftMs });
  }

  /** Continues at the place to which the agent has moved. */
  move(place: string): void {
    this.#claimed.claim(place, { from: this.#place });
    this.#moveTo(place);
  }

  /** Lets go without another event: another instance is the chat's home. */
  drop(): void {
    if (!this.#isOver) this.#finish();
  }

  /** The agent's pages have appeared at a place. */
  follow(place: string | undefined): void {
    if (place === undefined || this.#claimed.isBefore(place)) return;
    this.#moveTo(place);
  }

  #moveTo(place: string): void {
    this.#timer?.[Symbol.dispose](); // The agent has been found.
    if (this.#isOver || place === this.#place) return;
    this.#leg?.forget?.();
    if (!this.resume([place])) this.#end();
  }

  #enter(
    place: string,
    { before, others = [] }: { before?: ChatBefore; others?: string[] },
  ): boolean {
    const turn = ++this.#turn;
    const isCurrent = () => turn === this.#turn && !this.#isOver;
    this.#place = place;
    this.#leg = this.#places.open(place, {
      chat: this.#chat,
      tell: (event) => {
        if (isCurrent()) this.#hear(event);
      },
      refused: () => {
        if (isCurrent() && !this.resume(others)) this.#end();
      },
      replaced: () => {
        if (isCurrent()) this.drop();
      },
      lost: () => {
        if (isCurrent()) this.#lose();
      },
      ...(before && { before: structuredClone(before) }),
    });
    return this.#leg !== undefined;
  }

  #hear(event: ChatEvent): void {
    const { read, joinedAt } = this.#before;
    switch (event.type) {
      case "alerting":
        this.#before.alerted = true;
        break;
      case "joined":
        this.#before.joinedAt = joinedAt ?? this.#places.clock.wall();
        break;
      case "read":
        this.#before.read = { ...read, agent: event.seq };
        break;
      case "terminated":
        this.#finish();
    }
    this.#tell(event);
  }

  /** The place is gone. The agent may have reached another one already, or may
   * still be there, if only the connection to it is lost. */
  #lose(): void {
    this.#claimed.release();
    const { address } = this.#chat;
    const others = this.#places.of(address).filter((id) => id !== this.#place);
    if (!this.resume(others)) return this.#end();
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#places.clock.after(LOOK_AGAIN_MS, () => {
      if (!this.#isOver) this.follow(this.#places.of(address)[0]);
    });
  }

  #end(): void {
    this.#finish();
    this.#tell({ type: "terminated", cause: CAUSE.temporaryFailure });
  }

  #finish(): void {
    this.#isOver = true;
    this.#timer?.[Symbol.dispose]();
    this.#onOver();
  }
}
