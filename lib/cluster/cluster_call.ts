import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { CallTrack } from "@/lib/contact/call_track.ts";
import type {
  CallBefore,
  CallCommand,
  CallEvent,
  CallLeg,
  OutgoingCall,
} from "@/lib/contact/ports.ts";
import { ClaimedPlace } from "./claimed_place.ts";

/** Wait before an agent is looked for again whose instance is gone. */
const LOOK_AGAIN_MS = 1_000;

/** The places at which an agent can be, as a call uses them. A place is the id of
 * an instance. */
export interface CallPlaces {
  clock: Clock;
  /** Returns the places to try, the best first; at least this instance. */
  of(address: string): string[];
  open(place: string, request: PlacedCall): CallLeg | undefined;
}

export interface PlacedCall {
  call: OutgoingCall;
  tell(event: CallEvent): void;
  /** Absent for a new call. */
  before?: CallBefore;
  /** Another instance has become the call's home, so this one lets go. */
  replaced(): void;
  /** The place is gone, and the call has not ended. */
  lost(): void;
}

/**
 * The agent's side of a call, which follows the agent from instance to instance
 * once the call is connected. Media flow from browser to browser meanwhile.
 */
export class ClusterCall implements CallLeg {
  readonly #call: OutgoingCall;
  readonly #places: CallPlaces;
  readonly #tell: (event: CallEvent) => void;
  readonly #onOver: () => void;
  readonly #track: CallTrack;
  #place = "";
  readonly #claimed: ClaimedPlace;
  #leg: CallLeg | undefined;
  /** Changes with the place; what an earlier one sends is ignored. */
  #turn = 0;
  #isOver = false;
  #timer: Disposable | undefined;

  constructor(
    call: OutgoingCall,
    tell: (event: CallEvent) => void,
    { places, onOver, before }: {
      places: CallPlaces;
      /** Called once, before the last event. */
      onOver(): void;
      before?: CallBefore;
    },
  ) {
    this.#call = call;
    this.#tell = tell;
    this.#places = places;
    this.#claimed = new ClaimedPlace(places.clock);
    this.#onOver = onOver;
    const startedAt = before?.startedAt ?? places.clock.wall();
    this.#track = new CallTrack(startedAt, before);
  }

  get id(): string {
    return this.#call.id;
  }

  /** True if it can continue at another place. */
  get canMove(): boolean {
    return !this.#isOver && this.#track.before !== undefined;
  }

  /** Begins the call, or continues it. Returns false if it cannot. */
  open(): boolean {
    const [place = ""] = this.#places.of(this.#call.address);
    return this.#enter(place);
  }

  send(command: CallCommand): void {
    if (this.#isOver) return;
    this.#track.say(command);
    this.#leg?.send(command);
  }

  /** The visitor's next home continues the call. */
  leave(): void {
    if (this.#isOver) return;
    this.#leg?.leave?.();
    this.#finish();
  }

  /** Continues at the place to which the agent has moved. */
  move(place: string): void {
    this.#claimed.claim(place, { from: this.#place });
    this.#moveTo(place);
  }

  /** The agent's pages have appeared at a place. */
  follow(place: string | undefined): void {
    if (place === undefined || this.#claimed.isBefore(place)) return;
    this.#moveTo(place);
  }

  /** Lets go without another event: another instance is the call's home. */
  drop(): void {
    if (!this.#isOver) this.#finish();
  }

  #moveTo(place: string): void {
    if (place === this.#place || !this.canMove) return;
    this.#leg?.forget?.();
    if (!this.#enter(place)) this.#end();
  }

  #enter(place: string): boolean {
    this.#timer?.[Symbol.dispose]();
    const turn = ++this.#turn;
    const isCurrent = () => turn === this.#turn && !this.#isOver;
    const { before } = this.#track;
    this.#place = place;
    this.#leg = this.#places.open(place, {
      call: before ? { ...this.#call, sdp: "" } : this.#call,
      tell: (event) => {
        if (isCurrent()) this.#hear(event);
      },
      replaced: () => {
        if (isCurrent()) this.drop();
      },
      lost: () => {
        if (isCurrent()) this.#lose();
      },
      ...(before && { before }),
    });
    return this.#leg !== undefined;
  }

  #hear(event: CallEvent): void {
    this.#track.hear(event, this.#places.clock.wall());
    if (event.type === "terminated") this.#finish();
    this.#tell(event);
  }

  /** The place is gone. The agent's pages will come to another one, or are still
   * there, if only the connection to it is lost. */
  #lose(): void {
    this.#claimed.release();
    const { of, clock } = this.#places;
    const { address } = this.#call;
    const next = of(address).find((id) => id !== this.#place);
    if (!this.canMove || next === undefined || !this.#enter(next)) {
      return this.#end();
    }
    this.#timer = clock.after(LOOK_AGAIN_MS, () => this.follow(of(address)[0]));
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
