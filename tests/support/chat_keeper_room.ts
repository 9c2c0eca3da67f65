import type { ChatChange, ChatEntry } from "@/lib/model/running_chat.ts";
import { ChatKeeper } from "@/lib/contact/chat_keeper.ts";
import { FakeClock } from "./fake_clock.ts";
import { settle } from "./visitor_room.ts";

/** A store that answers when told, and notes what it was given. */
class FakeStore {
  readonly writes: ChatChange[][] = [];
  #answers: PromiseWithResolvers<readonly string[]>[] = [];

  write(changes: readonly ChatChange[]): Promise<readonly string[]> {
    this.writes.push([...changes]);
    const answer = Promise.withResolvers<readonly string[]>();
    this.#answers.push(answer);
    return answer.promise;
  }

  get isAsked(): boolean {
    return this.#answers.length > 0;
  }

  /** @param claimed Ids of chats that another instance has claimed. */
  async answer(error?: Error, claimed: string[] = []): Promise<void> {
    const next = this.#answers.shift();
    if (error === undefined) next?.resolve(claimed);
    else next?.reject(error);
    await settle();
  }
}

/** A keeper with a store that the test controls. */
export function keeperRoom(
  { canBeClaimed }: { canBeClaimed?: () => boolean } = {},
) {
  const store = new FakeStore();
  const clock = new FakeClock();
  const counted: string[] = [];
  const counters = {
    count: (name: string, labels: Readonly<Record<string, string>> = {}) => {
      counted.push(`${name} ${labels["why"]}`);
    },
  };
  const keeper = new ChatKeeper({ store, clock, canBeClaimed, counters });
  return { store, clock, counted, keeper };
}

export function entry(seq: number, text = "Hello"): ChatEntry {
  return { seq, from: "visitor", id: `${seq}`, text, time: 0 };
}

/** Returns the chats of a write, each followed by what is written of it. */
export const seqs = (changes: ChatChange[] = []) =>
  changes.flatMap((change) =>
    change.type === "kept"
      ? [change.id, ...change.entries.map(({ seq }) => seq)]
      : [`${change.id} ${change.type}`]
  );
