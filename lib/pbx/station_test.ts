import { deepEqual } from "node:assert/strict";
import { InMemory, turns } from "@/tests/support/simulated_pbx/in_memory.ts";

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
