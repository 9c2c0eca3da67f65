/** The measures of a scrolling list, in px. */
export interface ScrolledList {
  scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/**
 * Keeps the end of a list in view until the reader scrolls up.
 *
 * Only scrolling up in an unchanged layout is the reader's choice. A list that
 * grows or gets smaller leaves its end too, and the browser can report that as
 * scrolling before it reports the new size. The owner calls `toEnd()` after
 * each change of the size of the list or of its content while `follows` is
 * true.
 */
export class EndFollower {
  readonly #nearPx: number;
  #follows = true;
  #top = 0;
  #most = 0;

  /** A list this near to its end, in px, counts as being there. */
  constructor(nearPx: number) {
    this.#nearPx = nearPx;
  }

  /** True while the list must show its end. */
  get follows(): boolean {
    return this.#follows;
  }

  /** Shows the end of the list, and follows it from now on. */
  toEnd(list: ScrolledList): void {
    list.scrollTop = list.scrollHeight;
    this.#follows = true;
    this.laidOut(list);
  }

  /** Shows the end of the list again if it is followed. */
  resized(list: ScrolledList): void {
    if (this.#follows) this.toEnd(list);
    else this.laidOut(list);
  }

  /** Notes that the list has scrolled. Returns true if it is near its end. */
  scrolled(list: ScrolledList): boolean {
    const before = { top: this.#top, most: this.#most };
    this.laidOut(list);
    const isNear = this.#most - this.#top <= this.#nearPx;
    const wentUp = this.#top < before.top && this.#most === before.most;
    if (isNear) this.#follows = true;
    else if (wentUp) this.#follows = false;
    return isNear;
  }

  /** Notes a change of the layout that must not move the list. */
  laidOut({ scrollTop, scrollHeight, clientHeight }: ScrolledList): void {
    this.#top = scrollTop;
    this.#most = scrollHeight - clientHeight;
  }
}
