import { deepEqual, ok } from "node:assert/strict";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import { DeskAgent } from "../support/desk_agent.ts";
import { RawWebSocket } from "../support/raw_websocket.ts";
import { startService } from "../support/service.ts";
import { setStage } from "../support/stage.ts";
import { attack, ATTACKS } from "./attacks.ts";
import { watchPeak } from "./peak_memory.ts";
import { openWitness } from "./witness.ts";

/** Memory that an attack can use in addition to the idle service. */
const MEMORY_MAX = 64 * 1_048_576;
/** A visitor may wait so long at the worst moment; tests share the host. */
const WAIT_MAX_MS = 2_000;
const SILENT = 50;

Deno.test({
  name: "no flood takes memory, or slows down other visitors",
  ignore: Deno.build.os !== "linux",
  async fn(test) {
    await using stage = await setStage(2);
    await using service = await startService({ data: stage.data });
    const { url, pid } = service;
    using agent = await DeskAgent.connect(url, stage.agents[0]?.cookie ?? "");
    const cookie = stage.agents[1]?.cookie ?? "";
    const silent = await openSilent(url);
    const targets = [
      { name: "a visitor", url, path: "/widgets/service" },
      { name: "a desk that is not signed in", url, path: "/desk/service" },
      { name: "a desk", url, path: "/desk/service", cookie },
      { name: "a PBX before its login", url, path: "/widgets" },
    ];
    for (const target of targets) {
      for (const one of ATTACKS) {
        const { name, connections, hangsUp } = one;
        await test.step(`${name} from ${target.name}`, async () => {
          await using witness = await openWitness(url, stage.widget);
          const peak = await watchPeak(pid);
          const attackers = await Promise.all(
            Array.from(
              { length: connections },
              () => attack(target, one),
            ),
          );
          for (const { done } of attackers) await done;
          if (hangsUp) { for (const { hungUp } of attackers) await hungUp; }
          await witness.answered();

          const taken = await peak();
          ok(taken < MEMORY_MAX, `It took ${taken >> 20} MiB`);
          const waited = witness.longestMs();
          ok(waited < WAIT_MAX_MS, `A visitor waited ${waited} ms`);
          ok(!witness.isGone(), "A visitor was thrown out");
          for (const attacker of attackers) attacker[Symbol.dispose]();
        });
      }
    }
    await test.step("a change still reaches visitors", async () => {
      await using witness = await openWitness(url, stage.widget);
      agent.say({ type: "choose", presence: "away" });

      await witness.texts.until((text) => text.includes('"away"'));
    });
    await test.step("sockets that never send Start were closed", async () => {
      const codes = await Promise.all(silent);

      deepEqual(codes, codes.map(() => CLOSE.startTimeout));
    });
  },
});

/** Visitors who say nothing, and the codes that they will be closed with. */
async function openSilent(url: string): Promise<Promise<number | undefined>[]> {
  const codes: Promise<number | undefined>[] = [];
  for (let n = 0; n < SILENT; n++) {
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    codes.push(promise);
    await RawWebSocket.connect(`${url}/widgets/service`, {
      onClosed: resolve,
    });
  }
  return codes;
}
