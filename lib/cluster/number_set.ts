/** Numbers above the floor, at most. */
const SIZE_MAX = 10_000;

/**
 * A set of numbers from 1 that are added roughly in order. Its memory is bounded:
 * all numbers up to a floor count as added, and the floor rises when the numbers
 * above it are complete or too many.
 */
export class NumberSet {
  readonly #above = new Set<number>();
  #floor = 0;

  has(number: number): boolean {
    return number <= this.#floor || this.#above.has(number);
  }

  add(number: number): void {
    if (this.has(number)) return;
    this.#above.add(number);
    if (this.#above.size > SIZE_MAX) {
      this.#floor = Math.min(...this.#above);
      this.#above.delete(this.#floor);
    }
    while (this.#above.delete(this.#floor + 1)) this.#floor++;
  }
}
