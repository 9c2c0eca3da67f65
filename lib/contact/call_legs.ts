import { HANDED_OVER } from "@/lib/base/causes.ts";
import { CallTrack } from "./call_track.ts";
import type {
  CallBefore,
  CallCommand,
  CallEvent,
  CallLeg,
  ContactAgents,
  OutgoingCall,
} from "./ports.ts";

interface TrackedLeg {
  leg?: CallLeg;
  track: CallTrack;
}

/** The agents' legs of one call: the one that has it, one that is asked to take
 * it, and one that is about to end. */
export class CallLegs {
  readonly #agents: ContactAgents;
  readonly #time: () => number;
  readonly #tell: (leg: string, event: CallEvent) => void;
  readonly #byId = new Map<string, TrackedLeg>();

  /** @param tell Called with the bridge's id of the leg. */
  constructor(
    agents: ContactAgents,
    time: () => number,
    tell: (leg: string, event: CallEvent) => void,
  ) {
    this.#agents = agents;
    this.#time = time;
    this.#tell = tell;
  }

  /** Rings an agent. */
  dial(call: OutgoingCall): void {
    const tracked: TrackedLeg = { track: new CallTrack(this.#time()) };
    this.#byId.set(call.id, tracked);
    tracked.leg = this.#agents.dial(
      { ...call, canHandOver: true },
      (event) => this.#hear(call.id, tracked, event),
    );
  }

  /** Continues a stored call. Returns false if the agent's bank no longer has
   * it. */
  resume(id: string, call: OutgoingCall, before: CallBefore): boolean {
    const track = new CallTrack(before.startedAt, before);
    const tracked: TrackedLeg = { track };
    this.#byId.set(id, tracked);
    const leg = this.#agents.resumeCall?.(
      { ...call, canHandOver: true },
      (event) => this.#hear(id, tracked, event),
      before,
    );
    if (leg !== undefined) tracked.leg = leg;
    return leg !== undefined;
  }

  /** Returns with what another leg could continue the call. */
  before(id: string): CallBefore | undefined {
    return this.#byId.get(id)?.track.before;
  }

  send(id: string, command: CallCommand): void {
    const tracked = this.#byId.get(id);
    tracked?.track.say(command);
    tracked?.leg?.send(command);
  }

  /** Returns how this leg ends, because another agent has the call. */
  ending(id: string): () => void {
    const leg = this.#byId.get(id)?.leg;
    return () => leg?.send({ type: "hang-up", cause: HANDED_OVER });
  }

  /** Leaves the legs to the next process. */
  leave(): void {
    for (const { leg } of [...this.#byId.values()]) leg?.leave?.();
  }

  /** Lets go of all legs, because the call has ended. */
  clear(): void {
    this.#byId.clear();
  }

  #hear(id: string, tracked: TrackedLeg, event: CallEvent): void {
    tracked.track.hear(event, this.#time());
    const isOver = event.type === "terminated";
    if (isOver && this.#byId.get(id) === tracked) this.#byId.delete(id);
    this.#tell(id, event);
  }
}
