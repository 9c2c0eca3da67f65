/** A map with a maximum size. Beyond it, the key that was set longest ago is
 * deleted. Its order is that of the last `set` of each key. */
export class RecentMap<V> extends Map<string, V> {
  readonly #sizeMax: number;

  constructor(sizeMax: number) {
    super();
    this.#sizeMax = sizeMax;
  }

  override set(key: string, value: V): this {
    this.delete(key);
    super.set(key, value);
    const [oldest] = this.keys();
    if (this.size > this.#sizeMax && oldest !== undefined) this.delete(oldest);
    return this;
  }
}
