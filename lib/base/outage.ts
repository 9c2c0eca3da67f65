import type { Clock } from "./clock.ts";

/** A page whose home moves to another instance reconnects within this time, so
 * nobody has to be told. */
export const OUTAGE_SHOWN_AFTER_MS = 1_500;

/** Notices a lost connection that lasts longer than a planned move. */
export class Outage implements Disposable {
  readonly #clock: Pick<Clock, "after">;
  readonly #onChange: (isLong: boolean) => void;
  #timer: Disposable | undefined;
  #isLong = false;

  /** @param onChange Called after each change of `isLong`. */
  constructor(
    clock: Pick<Clock, "after">,
    onChange: (isLong: boolean) => void,
  ) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** True if people should know of the outage. */
  get isLong(): boolean {
    return this.#isLong;
  }

  /** Must be called when there is no connection. A second call changes
   * nothing. */
  begin(): void {
    this.#timer ??= this.#clock.after(
      OUTAGE_SHOWN_AFTER_MS,
      () => this.#set(true),
    );
  }

  /** Must be called when the connection is back. */
  end(): void {
    this[Symbol.dispose]();
    if (this.#isLong) this.#set(false);
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }

  #set(isLong: boolean): void {
    this.#isLong = isLong;
    this.#onChange(isLong);
  }
}
