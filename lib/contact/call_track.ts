import type {
  CallBefore,
  CallCommand,
  CallEvent,
  CallHolder,
  MediaDescription,
} from "./ports.ts";

/** Follows a call, and knows with what another leg could continue it. */
export class CallTrack {
  readonly #startedAt: number;
  #answeredAt: number | undefined;
  #page: CallHolder | undefined;
  #said: MediaDescription | undefined;

  /** @param before State of a call that is continued. */
  constructor(startedAt: number, before?: CallBefore) {
    this.#startedAt = startedAt;
    if (before === undefined) return;
    const { answeredAt, page, heard, said } = before;
    this.#answeredAt = answeredAt;
    this.#page = { page, heard };
    this.#said = said;
  }

  /** The state; undefined while the call cannot be continued elsewhere. */
  get before(): CallBefore | undefined {
    if (this.#answeredAt === undefined || this.#page === undefined) {
      return undefined;
    }
    const said = this.#said === undefined ? {} : { said: this.#said };
    const startedAt = this.#startedAt;
    return { startedAt, answeredAt: this.#answeredAt, ...this.#page, ...said };
  }

  hear(event: CallEvent, now: number): void {
    switch (event.type) {
      case "connected":
        this.#answeredAt ??= now;
        return;
      case "page":
        this.#page = { page: event.page, heard: event.heard };
        return;
      case "channels": // The page has answered, or has a newer offer.
        if ("sdp" in event.channels) this.#said = undefined;
        this.#page = event.from ?? this.#page;
    }
  }

  say(command: CallCommand): void {
    if (command.type !== "channels") return;
    if ("sdp" in command.channels) this.#said = command.channels;
  }
}
