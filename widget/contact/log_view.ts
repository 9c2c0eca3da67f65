import { EndFollower } from "@/lib/base/end_follower.ts";

/** Distance from the end of the list, in px, that still counts as the end. */
const NEAR_END_PX = 24;
/** Share of a message's last line that must be in view for the message to
 * count. */
const SHARE = 0.5;

/** Called when the list stops or starts to follow, and when the visible
 * messages may have changed. */
export interface LogViewEvents {
  changed(): void;
  looked(): void;
}

/**
 * The list of a chat's messages on the screen. It keeps its end in view, unless
 * the visitor has scrolled up, and knows which of the agent's messages are in
 * view: not clipped by the list, the panel or the window.
 */
export class LogView {
  readonly #events: LogViewEvents;
  readonly #ends = new Map<number, Element>();
  readonly #visible = new Set<number>();
  readonly #sizes = new ResizeObserver(() => {
    if (this.#box) this.#follower.resized(this.#box);
  });
  readonly #views = new IntersectionObserver(
    (entries) => this.#measure(entries),
    { threshold: SHARE },
  );
  #box: HTMLElement | undefined;
  #follower = new EndFollower(NEAR_END_PX);
  /** Highest `seq` whose position on the screen is known. */
  measured = 0;

  constructor(events: LogViewEvents) {
    this.#events = events;
  }

  /** True if the list shows its end and stays there when it grows. */
  get follows(): boolean {
    return this.#follower.follows;
  }

  /** Highest `seq` of the agent's messages whose end is in view; 0 for none. */
  get inView(): number {
    return Math.max(0, ...this.#visible);
  }

  /** The `ref` of the scrolling box; its only child is the list. */
  readonly box = (box: HTMLElement | null): void => {
    this.#sizes.disconnect();
    this.#box = box ?? undefined;
    this.#follower = new EndFollower(NEAR_END_PX);
    if (box === null) return;
    box.addEventListener(
      "scroll",
      () => this.#move((follower) => follower.scrolled(box)),
      {
        passive: true,
      },
    );
    this.#sizes.observe(box);
    if (box.firstElementChild) this.#sizes.observe(box.firstElementChild);
  };

  /** The `ref` of the last line of the agent's message `seq`. */
  end(seq: number, line: Element | null): void {
    const before = this.#ends.get(seq);
    if (before) this.#views.unobserve(before);
    this.#ends.delete(seq);
    this.#visible.delete(seq);
    if (line === null) return;
    this.#ends.set(seq, line);
    this.#views.observe(line);
  }

  /** Resets the list for another chat in the same place. */
  begin(): void {
    this.measured = 0;
    this.#follower = new EndFollower(NEAR_END_PX);
  }

  toEnd(): void {
    this.#move((follower, box) => follower.toEnd(box));
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#views.disconnect();
  }

  #move(by: (follower: EndFollower, box: HTMLElement) => void): void {
    const { follows } = this;
    if (this.#box) by(this.#follower, this.#box);
    if (this.follows !== follows) this.#events.changed();
  }

  #measure(entries: readonly IntersectionObserverEntry[]): void {
    const seqs = new Map(Array.from(this.#ends, ([seq, end]) => [end, seq]));
    for (const { target, intersectionRatio } of entries) {
      const seq = seqs.get(target);
      if (seq === undefined) continue;
      if (intersectionRatio >= SHARE) this.#visible.add(seq);
      else this.#visible.delete(seq);
      this.measured = Math.max(this.measured, seq);
    }
    this.#events.looked();
  }
}
