import { deepEqual, rejects } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { gatherChats } from "./gather_chats.ts";

const CHAT = { id: "chat", seat: "seat", home: "other" };

/** An agent's chats in the store, and what happens while they are brought here. */
function scene({ atDesk = false, failures = 0, chats = [CHAT] } = {}) {
  const clock = new FakeClock();
  const begun = clock.now();
  const happened: string[] = [];
  const note = (what: string) =>
    void happened.push(`${clock.now() - begun} ${what}`);
  const state = { atDesk, failures };
  const gathering = gatherChats("otto", {
    clock,
    store: {
      instance: "own",
      runningChats: {
        seatsOfAgent() {
          note("reads");
          return state.failures-- > 0
            ? Promise.reject(new Error("no store"))
            : Promise.resolve(chats);
        },
      },
    },
    desk: { hasContact: () => state.atDesk },
    agents: {
      gather() {
        note("gathers");
        state.atDesk = true;
        return Promise.resolve();
      },
    },
    visitors: { adoptSeat: () => Promise.resolve(note("adopts")) },
    isDead: () => Promise.resolve(false),
  });
  const pass = async (ms: number) => {
    for (let left = ms; left >= 0; left -= 10) {
      for (let n = 0; n < 20; n++) await Promise.resolve();
      clock.advance(10);
    }
  };
  return { gathering, happened, pass };
}

Deno.test("[D34] an agent's chats are fetched from their homes, and a chat that is at the desk already too, because it may be an old copy", async () => {
  const missing = scene();
  await missing.pass(100);
  await missing.gathering;
  const copy = scene({ atDesk: true });
  await copy.gathering;

  deepEqual(missing.happened, ["0 reads", "0 gathers", "10 reads"]);
  deepEqual(copy.happened, ["0 reads", "0 gathers"]);
});

Deno.test("[D34] an agent without chats waits for no instance", async () => {
  const { gathering, happened } = scene({ chats: [] });
  await gathering;

  deepEqual(happened, ["0 reads"]);
});

Deno.test("[D34] a store that fails is asked for an agent's chats again, for 8 s", async () => {
  const short = scene({ failures: 2 });
  await short.pass(300);
  await short.gathering;
  const long = scene({ failures: Infinity });
  const failed = rejects(long.gathering, /no store/);
  await long.pass(8_100);
  await failed;

  deepEqual(short.happened, [
    ...["0 reads", "10 reads", "30 reads", "30 gathers", "70 reads"],
  ]);
  deepEqual(long.happened.slice(0, 6), [
    ...["0 reads", "10 reads", "30 reads", "70 reads", "150 reads"],
    "250 reads",
  ]);
  deepEqual(long.happened.length, 84);
});
