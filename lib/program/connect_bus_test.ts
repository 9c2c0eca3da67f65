import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { systemClock } from "@/lib/base/clock.ts";
import { startNats } from "@/tests/support/nats_server.ts";
import { readConfig } from "./config.ts";
import { connectBus, natsErrorOf } from "./connect_bus.ts";

/** The settings of an instance at this server. */
function settings(nats: string, ...more: string[]) {
  const kv = "--kv=postgres://cw@127.0.0.1:1/cw";
  const key = "--secret-key=sixteen characters";
  const args = [kv, key, `--nats=${nats}`, ...more];
  const config = readConfig(args, () => undefined);
  if (!config.ok) throw new Error(config.error[0]?.text);
  return config.value;
}

Deno.test("natsErrorOf() connects for a moment, and says why that is not possible", async () => {
  const config = 'authorization { user: "cw", password: "secret" }';
  await using server = await startNats({ config });

  const good = await natsErrorOf(settings(`nats://cw:secret@${server.host}`));
  const wrong = await natsErrorOf(settings(`nats://cw:other@${server.host}`));
  await server.kill();
  const away = await natsErrorOf(settings(`nats://cw:secret@${server.host}`));

  // The tests' check of resources notices a connection that stays.
  equal(good, undefined);
  match(wrong ?? "", /^NATS at /);
  match(away ?? "", /cannot be reached/);
});

Deno.test("connectBus() needs CW_NATS, and the file of CW_NATS_CREDS", async () => {
  const options = { clock: systemClock, connectWithinMs: 0 };
  const none = readConfig([], () => undefined);
  if (!none.ok) throw new Error("The defaults must be valid");
  const file = "--nats-creds=/nowhere/nats.creds";

  const result = await connectBus(none.value, options);

  deepEqual(result, { ok: false, error: "CW_NATS is empty" });
  await rejects(
    connectBus(settings("nats://127.0.0.1:1", file), options),
    { name: "NotFound" },
  );
});
