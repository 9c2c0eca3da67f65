import { deepEqual } from "node:assert/strict";
import { InMemory, users } from "@/tests/support/simulated_pbx/in_memory.ts";

const never = new AbortController().signal;

Deno.test("[P38] 20,000 users of a PBX are read at most", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked();
  let count = 0;
  pbx.distort = (answer) => {
    if (answer.mt !== "SearchUsersResult") return [answer];
    const names = Array.from({ length: 20 }, () => `u${count++}`);
    return [{ ...answer, user: names.map((cn) => ({ cn, h323: cn })) }];
  };

  const found = await setup.bank.search({ text: "", limit: 50_000 }, never);

  deepEqual([found.agents.length, count], [20_000, 20_000]);
});

Deno.test("[P38] users are read in pages of 20, the last one of which has nobody new", async () => {
  for (const [count, pages] of [[0, 1], [1, 2], [20, 2], [39, 3], [40, 4]]) {
    using setup = new InMemory();
    const pbx = await setup.linked({ users: users(count ?? 0) });

    const page = await setup.bank.search({ text: "", limit: 50 }, never);

    deepEqual(
      [page.agents.length, pbx.count("SearchUsers")],
      [count, pages],
    );
    const limits = pbx.received.flatMap(({ mt, limit }) =>
      mt === "SearchUsers" ? limit : []
    );
    deepEqual(new Set(limits), new Set([20]));
  }
});

Deno.test("[P38] a user is named by the display name, the name or the SIP-ID", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked();
  const named = [
    { dn: "Ada Lovelace", cn: "Ada", h323: "a" },
    { cn: "Bob", h323: "b" },
    { h323: "c" },
    { dn: "Dan", h323: " " },
    { dn: "Eve", h323: "e".repeat(300) },
  ];
  let isFirst = true;
  pbx.distort = (answer) => {
    if (answer.mt !== "SearchUsersResult") return [answer];
    const user = isFirst ? named : [];
    isFirst = false;
    return [{ ...answer, user }];
  };

  const { agents } = await setup.bank.search({ text: "", limit: 9 }, never);

  deepEqual(agents.map(({ name, address }) => `${name} ${address}`), [
    "Ada Lovelace a",
    "Bob b",
    "c c",
  ]);
});

Deno.test("[P38] the list of users is read again a minute after the last time", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked();
  const counts: number[] = [];

  for (const ms of [0, 60_000, 1, 1, 59_999, 1]) {
    setup.clock.advance(ms);
    await setup.bank.search({ text: "", limit: 9 }, never);
    counts.push(pbx.count("SearchUsers"));
  }

  deepEqual(counts, [1, 1, 2, 2, 2, 3]);
});
