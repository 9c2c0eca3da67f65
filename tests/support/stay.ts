/** Time that a page waits before it connects again. */
const BACK_MS = { from: 50, to: 200 };

/** A page or a PBX, which connects and loses its connection. */
export interface Stayer {
  connect(url: string): Promise<{ gone: Promise<void> }>;
  drop(): void;
}

/** Keeps a page or a PBX connected: it connects again whenever the connection is lost. */
export class Stay implements AsyncDisposable {
  readonly #url: string;
  readonly #stayer: Stayer;
  readonly #staying: Promise<void>;
  #isOver = false;
  #wake = () => {};

  /** `gone` is the end of the first connection, if there is one already. */
  constructor(url: string, stayer: Stayer, gone?: Promise<void>) {
    this.#url = url;
    this.#stayer = stayer;
    this.#staying = this.#stay(gone);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#stayer.drop();
    this.#wake();
    await this.#staying;
  }

  async #stay(gone?: Promise<void>): Promise<void> {
    if (gone !== undefined) {
      await gone;
      await this.#pause();
    }
    while (!this.#isOver) {
      try {
        const connection = await this.#stayer.connect(this.#url);
        if (this.#isOver) this.#stayer.drop();
        await connection.gone;
      } catch {
        // No instance was there.
      }
      await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    if (this.#isOver) return;
    const { from, to } = BACK_MS;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, from + Math.random() * (to - from));
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }
}
