import { deepEqual, equal, ok } from "node:assert/strict";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { type Puzzle, solves } from "@/lib/protocol/visitor/puzzle.ts";
import { prove } from "./prove.ts";

/** A page on a machine where each look at the clock takes `stepMs`. */
class Machine {
  readonly sent: ClientMessage[] = [];
  readonly told: string[] = [];
  /** Time of the notice that it takes long, in ms. */
  noticeAt = 0;
  readonly slices: number[] = [];
  readonly owner = { send: (message: ClientMessage) => this.#send(message) };
  readonly #life = new AbortController();
  readonly signal = this.#life.signal;
  readonly #stepMs: number;
  readonly #done = Promise.withResolvers<void>();
  #time = 0;
  #slicesMax = Infinity;

  constructor(stepMs: number) {
    this.#stepMs = stepMs;
  }

  now = (): number => this.#time += this.#stepMs;

  soon = (run: () => void): void =>
    queueMicrotask(() => {
      if (this.slices.length >= this.#slicesMax) {
        this.#life.abort();
        queueMicrotask(this.#done.resolve);
      }
      const begun = this.#time;
      run();
      this.slices.push(this.#time - begun);
    });

  tell(notice: string): void {
    this.told.push(`${notice} ${this.#time >= 1_000 ? "late" : "early"}`);
    if (notice !== "") this.noticeAt = this.#time;
  }

  /** Resolves when the Proof is sent, or when it has left after some slices. */
  solve(puzzle: Puzzle, leaveAfter = Infinity): Promise<void> {
    this.#slicesMax = leaveAfter;
    prove(puzzle, this, this);
    prove(puzzle, this, this); // The service repeats what is asked again.
    return this.#done.promise;
  }

  #send(message: ClientMessage): boolean {
    this.sent.push(message);
    this.#done.resolve();
    return true;
  }
}

const seedOf = (letter: string) => letter.repeat(32);

Deno.test("a puzzle is solved once, in slices too short to notice", async () => {
  const puzzle = { seed: seedOf("d"), bits: 9, count: 8 };
  const machine = new Machine(1);

  await machine.solve(puzzle);

  const [proof, ...others] = machine.sent;
  ok(proof?.mt === "Proof" && others.length === 0);
  equal(proof.nonces.length, 8);
  ok(proof.nonces.every((nonce, index) => solves(puzzle, index, nonce)));
  ok(machine.slices.length > 3, `${machine.slices.length} slices`);
  ok(Math.max(...machine.slices) <= 12, machine.slices.join());
  deepEqual(machine.told, [" early"]);
});

Deno.test("the visitor is told once that it takes long, and when it is done", async () => {
  const machine = new Machine(20);

  await machine.solve({ seed: seedOf("b"), bits: 11, count: 8 });

  deepEqual(machine.told, ["proving late", " late"]);
  ok(machine.noticeAt <= 1_100, `after ${machine.noticeAt} ms`);
});

Deno.test("a removed widget stops solving", async () => {
  const machine = new Machine(1);

  await machine.solve({ seed: seedOf("c"), bits: 30, count: 8 }, 5);

  deepEqual(machine.sent, []);
  ok(machine.slices.length <= 6);
});
