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
    if (this.#follows) this.#scroll();
  });
  readonly #views = new IntersectionObserver(
    (entries) => this.#measure(entries),
    { threshold: SHARE },
  );
  #box: HTMLElement | undefined;
  #top = 0;
  #follows = true;
  /** Highest `seq` whose position on the screen is known. */
  measured = 0;

  constructor(events: LogViewEvents) {
    this.#events = events;
  }

  /** True if the list shows its end and stays there when it grows. */
  get follows(): boolean {
    return this.#follows;
  }

  /** Highest `seq` of the agent's messages whose end is in view; 0 for none. */
  get inView(): number {
    return Math.max(0, ...this.#visible);
  }

  /** The `ref` of the scrolling box; its only child is the list. */
  readonly box = (box: HTMLElement | null): void => {
    this.#sizes.disconnect();
    this.#box = box ?? undefined;
    this.#follows = true;
    if (box === null) return;
    this.#top = 0;
    box.addEventListener("scroll", () => this.#scrolled(box), {
      passive: true,
    });
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
    this.#follows = true;
  }

  toEnd(): void {
    this.#scroll();
    this.#follow(true);
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#views.disconnect();
  }

  #scroll(): void {
    const box = this.#box;
    if (box === undefined) return;
    box.scrollTop = box.scrollHeight;
    this.#top = box.scrollTop;
  }

  /** Only scrolling up is the visitor's choice, because a growing list leaves
   * the end as well. */
  #scrolled(box: HTMLElement): void {
    const left = box.scrollHeight - box.clientHeight - box.scrollTop;
    const wentUp = box.scrollTop < this.#top;
    this.#top = box.scrollTop;
    if (left <= NEAR_END_PX) this.#follow(true);
    else if (wentUp) this.#follow(false);
  }

  #follow(follows: boolean): void {
    if (this.#follows === follows) return;
    this.#follows = follows;
    this.#events.changed();
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
