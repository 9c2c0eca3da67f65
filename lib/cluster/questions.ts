import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import type { Members } from "./members.ts";
import type { Pipe, PipeEvents, Pipes } from "./pipes.ts";
import type { Opener } from "./served.ts";

/** Time for the answer of an instance. */
const ANSWER_MS = 2_000;

const Question = v.object({
  open: v.literal("question"),
  name: v.string(),
  body: v.optional(v.unknown()),
});
type Question = v.InferOutput<typeof Question>;

const Reply = v.variant("type", [
  v.object({ type: v.literal("part"), part: v.optional(v.unknown()) }),
  v.object({ type: v.literal("end") }),
]);

export interface QuestionsOptions {
  pipes: Pick<Pipes, "open">;
  members: Pick<Members, "all">;
  clock: Pick<Clock, "after">;
  /** A message was dropped because it was invalid. */
  onBadMessage(): void;
}

/** Returns the parts of an answer, each of which fits in one message of a
 * pipe. */
export type Respond = (body: unknown) => Iterable<unknown>;

export interface Answers {
  /** By instance: its parts, of any content. */
  parts: ReadonlyMap<string, readonly unknown[]>;
  /** Instances that did not answer in time. */
  silent: readonly string[];
}

/** Questions that one instance asks all others, for example what an
 * administrator's page shows of them. */
export class Questions {
  /** For pipes of other instances. */
  readonly openers: Readonly<Record<string, Opener>> = {
    question: (pipe, opening) => this.#respond(pipe, opening),
  };
  readonly #options: QuestionsOptions;
  readonly #known = new Map<string, Respond>();

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** Answers the questions of this name from now on. */
  answer(name: string, respond: Respond): void {
    this.#known.set(name, respond);
  }

  /** Asks all other instances that are alive. */
  async ask(name: string, body: unknown): Promise<Answers> {
    const ids = this.#options.members.all().map(({ id }) => id);
    const all = await Promise.all(
      ids.map((id) => this.askOne(id, name, body)),
    );
    const parts = new Map<string, readonly unknown[]>();
    const silent: string[] = [];
    for (const [n, id] of ids.entries()) {
      const found = all[n];
      if (found === undefined) silent.push(id);
      else parts.set(id, found);
    }
    return { parts, silent };
  }

  /** Asks one instance. Returns the parts of its answer; undefined if there is no
   * whole one in time. */
  async askOne(
    to: string,
    name: string,
    body: unknown,
  ): Promise<readonly unknown[] | undefined> {
    const { promise, resolve } = Promise.withResolvers<
      readonly unknown[] | undefined
    >();
    const parts: unknown[] = [];
    const { pipes, clock, onBadMessage } = this.#options;
    const pipe = pipes.open(to, {
      message(message) {
        const read = v.safeParse(Reply, message);
        if (!read.success) onBadMessage();
        else if (read.output.type === "end") resolve(parts);
        else parts.push(read.output.part);
      },
      broken: () => resolve(undefined),
    });
    using _timer = clock.after(ANSWER_MS, () => resolve(undefined));
    const question: Question = { open: "question", name, body };
    pipe.send(question);
    const found = await promise;
    pipe.close();
    return found;
  }

  /** A question that this version does not know gets no answer. */
  #respond(pipe: Pipe, opening: unknown): PipeEvents {
    const read = v.safeParse(Question, opening);
    if (!read.success) this.#options.onBadMessage();
    const respond = read.success ? this.#known.get(read.output.name) : null;
    if (respond && read.success) {
      for (const part of respond(read.output.body)) {
        pipe.send({ type: "part", part });
      }
      pipe.send({ type: "end" });
    }
    pipe.close();
    return { message: () => {}, broken: () => {} };
  }
}
