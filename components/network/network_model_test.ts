import { deepEqual, equal, ok } from "node:assert/strict";
import { err, ok as good } from "@/lib/base/result.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import type { NetworkTest } from "@/lib/protocol/admin/network.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { NetworkModel, type RunProbe } from "./network_model.ts";
import type { Probe } from "./probe_state.ts";
import { portText, saidText, useText, whyText } from "./words.ts";

const TURN = "turn:t.example?transport=udp";
const PASSED: Probe = {
  state: "passed",
  proof: { kind: "relayed", address: "192.0.2.1", roundTripMs: 5 },
};
const REFUSED: Probe = { state: "failed", why: "unauthorized" };

Deno.test("a server that accepts late credentials but not early ones has a wrong clock", async () => {
  const asked: (string | undefined)[] = [];
  const model = modelOf((server) => {
    asked.push(server.credential);
    const isLong = server.credential === "long";
    return Promise.resolve(isLong ? PASSED : REFUSED);
  });

  await model.test();

  deepEqual(asked, ["short", "long"]);
  deepEqual(stateOf(model), { state: "failed", why: "clock" });
  equal(model.run.value.state, "over");
});

Deno.test("a server that rejects both has another secret, and one that accepts the first isn't asked again", async () => {
  const other = modelOf(() => Promise.resolve(REFUSED));
  let asked = 0;
  const fine = modelOf(() => {
    asked++;
    return Promise.resolve(PASSED);
  });

  await Promise.all([other.test(), fine.test()]);

  deepEqual(stateOf(other), REFUSED);
  deepEqual(stateOf(fine), PASSED);
  equal(asked, 1);
});

Deno.test("a server without credentials isn't asked at all", async () => {
  const model = modelOf(() => Promise.resolve(PASSED), {
    servers: [{ url: TURN, credentials: "missing" }],
  });

  await model.test();

  deepEqual(stateOf(model), { state: "failed", why: "missing" });
});

Deno.test("a stopped test ends immediately and can be run again", async () => {
  const signals: AbortSignal[] = [];
  const model = modelOf((_, { signal }) => {
    signals.push(signal);
    const { promise, resolve } = Promise.withResolvers<Probe>();
    signal.addEventListener("abort", () => resolve({ state: "stopped" }));
    if (signals.length === 2) resolve(PASSED);
    return promise;
  });

  const first = model.test();
  await Promise.resolve();
  await Promise.resolve();
  model.stop();
  await first;
  const stopped = stateOf(model)?.state;
  await model.test();

  ok(signals[0]?.aborted);
  equal(stopped, "stopped");
  deepEqual(stateOf(model), PASSED);
});

Deno.test("an unreachable service is reported, and no test runs", async () => {
  const model = new NetworkModel({ source: "settings", servers: [] }, {
    api: {
      testNetwork: () =>
        Promise.resolve(err({ reason: "offline" as const, text: "" })),
    },
    clock: new FakeClock(),
    texts: en,
    probe: () => Promise.resolve(PASSED),
  });

  await model.test();

  equal(model.run.value.state, "idle");
  equal(model.failure.value, en.refusals.reasons.offline);
});

Deno.test("clocks that differ by more than a minute cause a warning", async () => {
  const skew = async (byMs: number) => {
    const model = modelOf(() => Promise.resolve(PASSED), {
      now: new FakeClock().now() - byMs,
    });
    await model.test();
    return model.skewMs.value;
  };

  equal(await skew(59_000), 0);
  equal(await skew(61_000), 61_000);
  equal(await skew(-3_600_000), -3_600_000);
});

Deno.test("messages name the transport, the port to open and the browser's error", () => {
  const texts = en.network;
  const failed = {
    state: "failed",
    why: "no-answer",
    error: { code: 701, text: "timed out" },
  } as const;

  equal(portText("stun:s.example", texts), "UDP port 3478");
  equal(portText(TURN, texts), "UDP port 3478");
  equal(portText("turn:t:80?transport=tcp", texts), "TCP port 80");
  equal(portText("turns:[2001:db8::1]", texts), "TCP port 5349");
  equal(portText("turns:[2001:db8::1]:443", texts), "TCP port 443");
  equal(useText("turns:t:443", texts), texts.turnTls);
  ok(whyText(failed, TURN, texts).includes("UDP port 3478"));
  equal(saidText(failed, texts), "The browser says: 701 timed out");
});

function modelOf(
  probe: RunProbe,
  test: Partial<NetworkTest> = {},
): NetworkModel {
  const clock = new FakeClock();
  const answer: NetworkTest = {
    source: "settings",
    servers: [{
      url: TURN,
      credentials: "minted",
      own: { username: "u", credential: "short" },
      longer: { username: "u", credential: "long" },
    }],
    now: clock.now(),
    ...test,
  };
  const view = { source: answer.source, servers: answer.servers };
  return new NetworkModel(view, {
    api: { testNetwork: () => Promise.resolve(good(answer)) },
    clock,
    texts: en,
    probe,
  });
}

function stateOf(model: NetworkModel): Probe | undefined {
  return model.servers.value[0]?.probe;
}
