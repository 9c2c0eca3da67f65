import { deepEqual, equal, rejects } from "node:assert/strict";
import { eachEngine, kvOn } from "@/tests/support/store_engines.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { HomeClaims } from "./claims.ts";
import { InstanceStore } from "./instance_store.ts";
import type { StoreEngine } from "./store_engine.ts";
import { withCommits } from "./with_commits.ts";

const DEAD = () => true;
const ALIVE = () => false;

/** Loses the answers of commits: they are done, or not, as the test says. */
function unanswered(kv: StoreEngine, isDone: boolean): StoreEngine {
  return withCommits(kv, () => {
    const operation = kv.atomic();
    const { commit } = operation;
    operation.commit = async () => {
      if (isDone) await commit.call(operation);
      throw new Error("connection lost");
    };
    return operation;
  });
}

eachEngine(
  "a claimed thing keeps its home until that is dead or releases it",
  async (engine) => {
    await using kv = await kvOn(engine);
    const [a, b] = ["a", "b"].map((own) =>
      new HomeClaims(kv, "workspace", own)
    );

    equal(await a?.claim("otto", ALIVE), "a");
    equal(await b?.claim("otto", ALIVE), "a");
    equal(await b?.hold("otto"), false);
    equal(await b?.claim("otto", DEAD), "b");
    equal(await a?.hold("otto"), false);
    await a?.release("otto");
    equal(await a?.homeOf("otto"), "b");
    await b?.release("otto");

    equal(await a?.homeOf("otto"), undefined);
    equal(await a?.claim("otto", ALIVE), "a");
  },
);

eachEngine(
  "of many instances that claim a thing at the same time, all name the same home",
  async (engine) => {
    await using kv = await kvOn(engine);
    const names = Array.from({ length: 20 }, (_, n) => `agent${n}`);
    const all = ["a", "b", "c"].map((own) =>
      new HomeClaims(kv, "workspace", own)
    );

    const homes = await Promise.all(
      all.map((one) =>
        Promise.all(names.map((name) => one.claim(name, ALIVE)))
      ),
    );

    deepEqual(homes[1], homes[0]);
    deepEqual(homes[2], homes[0]);
  },
);

eachEngine(
  "the newest link of a PBX takes it from a living home",
  async (engine) => {
    await using kv = await kvOn(engine);
    const [a, b] = ["a", "b"].map((own) => new HomeClaims(kv, "pbx", own));

    await a?.take("example");
    await b?.take("example");
    await b?.take("example");

    deepEqual(await Promise.all([a?.hold("example"), b?.hold("example")]), [
      false,
      true,
    ]);
    const { value } = await kv.get(["home", "pbx", "example"]);
    deepEqual(value, { home: "b", epoch: 2 });
  },
);

eachEngine(
  "a claim whose answer was lost has won, and one that was not done fails",
  async (engine) => {
    await using kv = await kvOn(engine);
    const done = new HomeClaims(unanswered(kv, true), "workspace", "a");
    const undone = new HomeClaims(unanswered(kv, false), "workspace", "a");

    await rejects(undone.claim("otto", ALIVE), /connection lost/);
    equal(await undone.homeOf("otto"), undefined);
    equal(await done.claim("otto", ALIVE), "a");
  },
);

eachEngine(
  "only the home releases a thing, and never that of the next home",
  async (engine) => {
    await using kv = await kvOn(engine);
    const other = new HomeClaims(kv, "pbx", "b");
    let isTaken = false;
    const late = withCommits(kv, () => {
      const commit = kv.atomic();
      const send = commit.commit;
      commit.commit = async () => {
        if (isTaken) await other.take("example");
        return await send.call(commit);
      };
      return commit;
    });
    const own = new HomeClaims(late, "pbx", "a");
    await own.take("example");

    isTaken = true;
    await own.release("example");

    equal(await own.homeOf("example"), "b");
    await own.release("unknown");
    equal(await own.homeOf("unknown"), undefined);
  },
);

eachEngine(
  "the homes of a thing are counted, and its home is asked for only by others",
  async (engine) => {
    await using kv = await kvOn(engine);
    const asked: string[] = [];
    const isDead = (home: string) => {
      asked.push(home);
      return true;
    };

    for (const own of ["a", "b", "b", "c"]) {
      equal(await new HomeClaims(kv, "workspace", own).claim("x", isDead), own);
    }

    const { value } = await kv.get(["home", "workspace", "x"]);
    deepEqual(value, { home: "c", epoch: 3 });
    deepEqual(asked, ["a", "b"]);
  },
);

eachEngine(
  "an instance is alive for 10 s after it was renewed, and not after it was removed",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    const own = new InstanceStore(kv, clock, "a");
    const other = new InstanceStore(kv, clock, "b");

    await own.renew("1.1.0");
    clock.advance(9_999);
    equal(await other.isAlive("a"), true);
    clock.advance(1);
    equal(await other.isAlive("a"), false);
    await own.renew("1.1.0");
    equal(await other.isAlive("a"), true);
    await own.remove();

    equal(await other.isAlive("a"), false);
  },
);
