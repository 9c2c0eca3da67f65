import { deepEqual } from "node:assert/strict";
import {
  InMemory,
  turns,
  user,
} from "@/tests/support/simulated_pbx/in_memory.ts";

/** Returns the status of a link whose PBX adds these members to its answer to
 * Register. */
async function registeredWith(members: Record<string, unknown>) {
  using setup = new InMemory();
  const pbx = setup.pbx();
  pbx.distort = (answer) =>
    answer.mt === "RegisterResult" ? [{ ...answer, ...members }] : [answer];
  await pbx.connect();
  await turns();
  const [status] = setup.bank.status().links;
  return [status?.registration, status?.registrationError];
}

Deno.test("[P32] a registration is unreadable if a server or a credential has more than 1,000 characters", async () => {
  for (const name of ["stun", "turn", "turnUsr", "turnPwd"]) {
    const longest = { [name]: "x".repeat(1_000) };
    const tooLong = { [name]: "x".repeat(1_001) };

    deepEqual(await registeredWith(longest), ["registered", ""], name);
    deepEqual(
      await registeredWith(tooLong),
      ["failed", "unreadable answer"],
      name,
    );
  }
});

Deno.test("[P34] a registration fails with the PBX's reason, of which 200 characters are shown", async () => {
  for (const none of ["", 0, null]) {
    deepEqual(await registeredWith({ err: none }), ["registered", ""]);
  }
  deepEqual(await registeredWith({ err: 7 }), ["failed", "7"]);
  deepEqual(
    await registeredWith({ err: "x".repeat(201) }),
    ["failed", "x".repeat(200)],
  );
});

Deno.test("[P34] a link without a right has nothing of it in its status", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ apis: [] });
  setup.bank.watch("atlantis", () => {});
  await turns();

  const [status] = setup.bank.status().links;

  deepEqual(
    [status?.registration, status?.subscriptions, status?.calls, status?.chats],
    ["none", 0, 0, 0],
  );
  deepEqual(
    ["Register", "SubscribePresence", "SearchUsers"].map((mt) => pbx.count(mt)),
    [0, 0, 0],
  );
});

Deno.test("[P36] the status of a link has its last 20 problems, and counts all", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked();
  for (let n = 0; n < 25; n++) pbx.raw("no JSON");
  await turns();

  const [status] = setup.bank.status().links;

  deepEqual(
    status?.errors.map(({ text, time }) => [text, time]),
    Array(20).fill(["no JSON", setup.clock.wall()]),
  );
  deepEqual(status?.problems, 25);
});

Deno.test("[P34] a registration without an answer is pending, then failed, and shown as a problem", async () => {
  using setup = new InMemory();
  const pbx = setup.pbx();
  pbx.silent.add("Register");
  await pbx.connect();
  await turns();
  const shown = () => {
    const [status] = setup.bank.status().links;
    return [status?.registration, status?.registrationError];
  };
  deepEqual(shown(), ["pending", ""]);

  setup.clock.advance(10_000);
  await turns();

  deepEqual(shown(), ["failed", "no answer"]);
  deepEqual(
    setup.bank.status().links[0]?.errors.map(({ text }) => text)
      .filter((text) => text.startsWith("Register")),
    ["Register was not answered", "Register failed: no answer"],
  );
});

Deno.test("[P46] a link registers once, whatever its rights do", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked();
  const { domain, pbx: name, apis } = pbx.options;

  for (const granted of [["PbxSignal"], apis, apis.toReversed()]) {
    pbx.raw({ mt: "PbxInfo", domain, pbx: name, apis: granted });
    await turns();
  }
  setup.clock.advance(600_000);
  await turns();

  deepEqual(pbx.count("Register"), 1);
  deepEqual(setup.bank.status().links[0]?.registration, "registered");
});

Deno.test("[P34] without the right to signal there are no new calls, and with it there are again", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const { domain, pbx: name, apis } = pbx.options;
  const grant = async (granted: string[]) => {
    pbx.raw({ mt: "PbxInfo", domain, pbx: name, apis: granted });
    await turns();
    return setup.bank.status().links[0]?.registration;
  };

  deepEqual(await grant(["PbxApi"]), "none");
  const refused = setup.dial("atlantis");
  await turns();
  deepEqual(refused.heard.all, [{ type: "terminated", cause: 27 }]);
  deepEqual(await grant(apis), "registered");
  setup.dial("atlantis");

  deepEqual((await pbx.calls.next()).visitorName, "Ada");
});

Deno.test("[P19] unknown messages of an API, and messages of unknown APIs, are no problem", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked();

  for (
    const [api, mt] of [
      ["PbxSignal", "New"],
      ["PbxApi", "New"],
      ["New", "Signaling"],
      ["New", "PresenceState"],
    ]
  ) pbx.raw({ api, mt });
  await turns();

  deepEqual(setup.bank.status().links[0]?.errors, []);
});

Deno.test("[P34] a lost link leaves no timers, whatever it was about to try again", async () => {
  using setup = new InMemory();
  const idle = setup.clock.pending;
  const pbx = setup.pbx({ booleans: [{ name: "open", on: true }] });
  pbx.distort = (answer) =>
    answer.mt === "RegisterResult" ? [{ ...answer, err: 1 }] : [answer];
  setup.bank.watch("open", () => {});
  setup.bank.watch("nobody", () => {});
  await pbx.connect();
  await turns();

  pbx.cut();
  await turns();
  setup.clock.advance(5_000);
  await turns();

  deepEqual(setup.clock.pending, idle);
});
