import { deepEqual, equal, ok } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { Heard } from "@/tests/support/heard.ts";
import {
  InMemory,
  turns,
  user,
} from "@/tests/support/simulated_pbx/in_memory.ts";
import type { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";

const EVENTS = new Set([
  "alerting",
  "channels",
  "connected",
  "hold",
  "terminated",
  "joined",
  "message",
  "typing",
]);
const ROUNDS = 1_500;

Deno.test("[P32] random messages are counted, never crash the service and never reach a visitor", async () => {
  const random = chance();
  const replay = `CW_SEED=${random.seed}`;
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const heard = new Heard<Presence>();
  setup.bank.watch("atlantis", heard.tell);
  await heard.until((presence) => presence === "online");
  const call = setup.dial("atlantis");
  await (await pbx.calls.next()).answer();
  await call.heard.until((event) => event.type === "connected");
  const chat = setup.chat("atlantis");
  await pbx.chats.next();
  await turns();
  const before = setup.bank.status().links[0]?.problems ?? 0;

  for (let n = 0; n < ROUNDS; n++) pbx.raw(anyMessage(random, pbx));
  await turns();

  const [status] = setup.bank.status().links;
  ok(status !== undefined, `the link is gone: ${replay}`);
  ok(status.problems > before + ROUNDS / 10, replay);
  ok(status.errors.length > 0 && status.errors.length <= 20);
  for (const event of [...call.heard.all, ...chat.heard.all]) {
    ok(EVENTS.has(event.type), replay);
    ok(JSON.stringify(event).length < 100_000, replay);
  }
  for (const presence of heard.all) {
    ok(["online", "away", "busy", "dnd", "offline"].includes(presence), replay);
  }
});

Deno.test("[P32] the link still works after hostile messages", async () => {
  const random = chance();
  using setup = new InMemory();
  const pbx = await setup.linked({
    users: [user("atlantis"), user("columbia")],
  });
  for (let n = 0; n < 300; n++) pbx.raw(anyMessage(random, pbx));
  await turns();

  const heard = new Heard<Presence>();
  setup.bank.watch("columbia", heard.tell);
  await heard.until((presence) => presence === "online");
  const call = setup.dial("columbia");
  await (await pbx.calls.next()).answer();
  await call.heard.until((event) => event.type === "connected");

  equal(call.heard.all.at(-1)?.type, "connected", `CW_SEED=${random.seed}`);
});

Deno.test("[P32] a huge message closes the link, deep and long ones don't", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const deep = "[".repeat(20_000) + "]".repeat(20_000);

  pbx.raw(`{"mt":"Signaling","api":"PbxSignal","call":1,"sig":${deep}}`);
  pbx.raw(
    `{"mt":"PresenceUpdate","api":"PbxApi","src":"cw1","presence":${deep}}`,
  );
  pbx.raw(`{"mt":"PbxInfo","apis":${deep}}`);
  await turns();
  equal(setup.bank.status().links.length, 1);
  pbx.raw(`{"mt":"${"x".repeat(1_100_000)}"}`);
  await turns();

  deepEqual(setup.bank.status().links, []);
});

Deno.test("[P32] answers without their request's mark are matched by name", async () => {
  using setup = new InMemory();
  const pbx = setup.pbx({ users: [user("atlantis"), user("columbia")] });
  pbx.distort = ({ src, ...answer }) =>
    String(answer.mt).endsWith("Result") ? [answer] : [{ src, ...answer }];
  await pbx.connect();
  await turns();
  const heard = new Heard<Presence>();
  setup.bank.watch("columbia", heard.tell);
  await heard.until((presence) => presence === "online");

  const [status] = setup.bank.status().links;

  deepEqual([status?.registration, status?.subscriptions], ["registered", 1]);
});

Deno.test("[P32] late, duplicated and swapped answers of the PBX change nothing", async () => {
  using setup = new InMemory();
  const pbx = setup.pbx({ users: [user("atlantis"), user("columbia")] });
  pbx.distort = (
    answer,
  ) => [answer, answer, { ...answer, src: "cw999" }, { ...answer, src: 7 }];
  await pbx.connect();
  await turns();
  const heard = new Heard<Presence>();
  setup.bank.watch("atlantis", heard.tell);
  await heard.until((presence) => presence === "online");
  const call = setup.dial("atlantis");
  await (await pbx.calls.next()).answer();
  await call.heard.until((event) => event.type === "connected");
  await turns();

  deepEqual(heard.all, ["offline", "online"]);
  deepEqual(call.heard.all.map((event) => event.type), [
    "alerting",
    "connected",
  ]);
});

function anyMessage(chance: Chance, pbx: SimulatedPbx): string {
  const known = pbx.received.flatMap(({ src }) =>
    typeof src === "string" ? src : []
  );
  const message = {
    mt: chance.pick<unknown>([
      "Signaling",
      "PresenceState",
      "PresenceUpdate",
      "SubscribePresenceResult",
      "RegisterResult",
      "SearchUsersResult",
      "GetBooleansResult",
      "PbxInfo",
      "AppLogin",
      "AppChallenge",
      "KeepAlive",
      "AppInfo",
      "Nonsense",
      "",
      7,
      null,
      {},
      "x".repeat(70),
    ]),
    api: chance.pick<unknown>([
      "PbxSignal",
      "PbxApi",
      "PbxAdminApi",
      "Else",
      1,
      null,
    ]),
    src: chance.pick<unknown>(["", 5, "__proto__", null, ...known.slice(0, 5)]),
    call: chance.pick<unknown>([1, 2, 3, -1, 0, 1.5, "1", 1e300, null]),
    sig: chance.below(4) ? anySignal(chance) : anyValue(chance, 3),
    presence: chance.below(3)
      ? [{ contact: "tel:", status: anyValue(chance, 0), activity: "x" }]
      : anyValue(chance, 2),
    up: anyValue(chance, 0),
    // Rights stay unchanged. Another test takes them away, which is allowed.
    apis: pbx.options.apis,
    pbx: pbx.options.pbx,
    domain: pbx.options.domain,
    booleans: anyValue(chance, 3),
  };
  const text = JSON.stringify(message);
  if (chance.below(10)) return text;
  const at = chance.below(text.length);
  return text.slice(0, at) + chance.pick(["", "\u0000", '"', "}{", "\ud800"]) +
    text.slice(at + chance.below(5));
}

function anySignal(chance: Chance): unknown {
  return {
    type: chance.pick<unknown>([
      "setup",
      "alert",
      "conn",
      "facility",
      "channels",
      "info",
      "user_info",
      "else",
      null,
    ]),
    channel: anyValue(chance, 0),
    channels_cmd: chance.pick<unknown>([
      "NONE",
      "PROPOSAL",
      "SELECT",
      "REQUEST",
      "else",
      5,
    ]),
    channels: anyValue(chance, 3),
    cau: anyValue(chance, 1),
    fty: chance.below(3)
      ? [{
        type: chance.pick([
          "im_message",
          "name_identification",
          "hold_notify",
          "cp_group_indication_on",
          "x",
        ]),
        data: anyValue(chance, 0),
        name: anyValue(chance, 0),
        more: anyValue(chance, 0),
        attach: anyValue(chance, 0),
      }]
      : anyValue(chance, 2),
  };
}

function anyValue(chance: Chance, depth: number): unknown {
  if (depth > 0 && chance.below(2)) {
    const names = [
      "type",
      "ch",
      "audio_ice",
      "num",
      "coder",
      "candidate",
      "__proto__",
      "name",
      "on",
    ];
    return Object.fromEntries(
      names.filter(() => chance.below(2)).map((
        n,
      ) => [n, anyValue(chance, depth - 1)]),
    );
  }
  if (depth > 0 && chance.below(2)) {
    return Array.from(
      { length: chance.below(4) },
      () => anyValue(chance, depth - 1),
    );
  }
  return chance.pick<unknown>([
    null,
    true,
    false,
    0,
    -1,
    1e308,
    "",
    "open",
    "<script>x</script>",
    "y".repeat(5_000),
    {},
    [],
  ]);
}
