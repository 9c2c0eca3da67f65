import type { Clock } from "./clock.ts";

/** The result of one event: the next state, and the effects to perform. */
export interface Transition<State, Effect> {
  state: State;
  effects: readonly Effect[];
}

/** The event that a machine dispatches when its state is due. */
export interface TimeEvent {
  type: "time";
}

/** A state machine, and its connections to the outside. */
export interface MachineParts<State, Event, Effect> {
  initial: State;
  /** A pure function of its arguments; `now` is the clock's time. */
  step(
    state: State,
    event: Event | TimeEvent,
    now: number,
  ): Transition<State, Effect>;
  perform(effect: Effect): void;
  clock: Pick<Clock, "now" | "after">;
  /** Returns when the machine dispatches `time`; undefined means never. */
  dueAt?(state: State): number | undefined;
  /** Called when a step has changed the state, before its effects. */
  onChange?(state: State, before: State): void;
}

/**
 * Runs a state machine: dispatches one event at a time, performs the effects of
 * its step in order, and keeps the timer of its state. An event that arrives
 * meanwhile waits, because an effect may cause an event before it returns.
 */
export class Machine<State, Event, Effect> implements Disposable {
  readonly #parts: MachineParts<State, Event, Effect>;
  /** Absent while nothing happens: each idle visitor has a machine. */
  #waiting: (Event | TimeEvent)[] | undefined;
  #state: State;
  #isBusy = false;
  #dueAt: number | undefined;
  #timer: Disposable | undefined;

  constructor(parts: MachineParts<State, Event, Effect>) {
    this.#parts = parts;
    this.#state = parts.initial;
    this.#setTimer();
  }

  get state(): State {
    return this.#state;
  }

  dispatch(event: Event | TimeEvent): void {
    if (this.#waiting === undefined) this.#waiting = [event];
    else this.#waiting.push(event);
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let next; (next = this.#waiting?.shift()) !== undefined;) {
        this.#step(next);
      }
      this.#waiting = undefined;
    } finally {
      this.#isBusy = false;
    }
  }

  /** Stops the timer, and ignores all later events. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#waiting = undefined;
    this.dispatch = () => {};
  }

  #step(event: Event | TimeEvent): void {
    const { step, perform, clock, onChange } = this.#parts;
    const before = this.#state;
    const { state, effects } = step(before, event, clock.now());
    this.#state = state;
    this.#setTimer();
    if (state !== before) onChange?.(state, before);
    for (const effect of effects) perform(effect);
  }

  #setTimer(): void {
    const { clock, dueAt } = this.#parts;
    const at = dueAt?.(this.#state);
    if (at === this.#dueAt) return;
    this.#dueAt = at;
    this.#timer?.[Symbol.dispose]();
    if (at === undefined) return;
    this.#timer = clock.after(Math.max(0, at - clock.now()), () => {
      this.#dueAt = undefined;
      this.dispatch({ type: "time" });
    });
  }
}
