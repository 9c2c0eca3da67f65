import { deepEqual, equal } from "node:assert/strict";
import { COLLEAGUE_TEXT_MAX } from "@/lib/protocol/admin/colleagues.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { pagesApp } from "@/tests/support/pages_app.ts";

Deno.test("[D44] GET /desk/colleagues returns the other agents at the desk, for agents only", async () => {
  const directory = new FakeAgents();
  using app = await pagesApp({ directory });
  const cookie = await app.signIn("ben", "agent");
  const admin = await app.signIn("ada", "admin");
  for (const name of ["zoe", "carl", "dora"]) {
    await app.signIn(name, "agent");
    directory.add({ address: name, name, email: "" });
  }
  directory.setPresence("carl", "offline");
  directory.setPresence("dora", "busy");

  const all = await app.get("/desk/colleagues", { cookie });
  const some = await app.get("/desk/colleagues?text=ZO", { cookie });
  const refused = [
    await app.get("/desk/colleagues"),
    await app.get("/desk/colleagues", { cookie: admin }),
    await app.get(
      `/desk/colleagues?text=${"x".repeat(COLLEAGUE_TEXT_MAX + 1)}`,
      { cookie },
    ),
  ];

  equal(all.headers.get("cache-control"), "no-store");
  deepEqual(await all.json(), {
    agents: [
      { address: "dora", name: "dora", presence: "busy" },
      { address: "zoe", name: "zoe", presence: "online" },
    ],
    hasMore: false,
  });
  const { agents } = await some.json();
  deepEqual(agents.map(({ name }: { name: string }) => name), ["zoe"]);
  deepEqual(refused.map(({ status }) => status), [401, 403, 400]);
  equal((await refused[1]?.json()).text, "Only agents can do this");
});
