import { deepEqual, equal } from "node:assert/strict";
import { COLLEAGUE_TEXT_MAX } from "@/lib/protocol/admin/colleagues.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { newContent } from "@/lib/model/widget.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { pagesApp } from "@/tests/support/pages_app.ts";

const teamOf = (...members: string[]) => ({
  ...{ members, strategy: "all", ringSeconds: 20, chatsMax: 0 } as const,
  steps: [],
});

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
    teams: [],
    atPbx: [],
  });
  const { agents } = await some.json();
  deepEqual(agents.map(({ name }: { name: string }) => name), ["zoe"]);
  deepEqual(refused.map(({ status }) => status), [401, 403, 400]);
  equal((await refused[1]?.json()).text, "Only agents can do this");
});

Deno.test("[D44] GET /desk/colleagues returns the teams of the chat's widget, with the number of other members who would be rung", async () => {
  const directory = new FakeAgents();
  using app = await pagesApp({ directory });
  const cookie = await app.signIn("ben", "agent");
  for (const name of ["ben", "zoe", "carl", "dora"]) {
    directory.add({ address: name, name, email: "" });
  }
  directory.setPresence("dora", "busy");
  const uuid = "5".repeat(32);
  const sales = { ...agentOf("team-1", "Sales"), team: teamOf("ben", "zoe") };
  const gone = { ...agentOf("team-3", "Gone"), team: teamOf("zoe") };
  const content = newContent("Shop", "en");
  content.agents = [
    ...[agentOf("zoe", "Zoe"), sales, { ...gone, inactive: true }],
    { ...agentOf("team-2", "Billing"), team: teamOf("dora") },
  ];
  await app.store.widgets.create("sidebar", content, uuid);
  const teamsOf = async (query: string) => {
    const answer = await app.get(`/desk/colleagues?${query}`, { cookie });
    return (await answer.json()).teams;
  };

  deepEqual(await teamsOf(`widget=${uuid}`), [
    { address: "team-2", name: "Billing", available: 0 },
    { address: "team-1", name: "Sales", available: 1 },
  ]);
  deepEqual(
    (await teamsOf(`widget=${uuid}&text=SAL`)).length,
    1,
  );
  deepEqual(await teamsOf(`widget=${"6".repeat(32)}`), []);
  deepEqual(await teamsOf("widget=../x"), []);
});

Deno.test("[D44] GET /desk/colleagues returns the widget's agents at a PBX who take chats and are not offline, with their presence", async () => {
  const directory = new FakeAgents();
  using app = await pagesApp({ directory });
  const cookie = await app.signIn("ben", "agent");
  await app.signIn("zoe", "agent");
  const names = [
    "zoe",
    "atlantis",
    "columbia",
    "phone",
    "gone",
    "off",
    "hours",
  ];
  for (const name of [...names, "silent", "called"]) {
    directory.add({ address: name, name, email: "" });
  }
  directory.setPresence("columbia", "busy");
  directory.setPresence("hours", "offline");
  directory.setPresence("silent", "offline");
  directory.setLack("phone", "chat");
  const uuid = "7".repeat(32);
  const content = newContent("Shop", "en");
  content.agents = [
    ...[agentOf("ZOE", "Zoe"), agentOf("columbia", "Columbia")],
    ...[agentOf("atlantis", ""), agentOf("phone", "Phone")],
    { ...agentOf("gone", "Gone"), inactive: true },
    { ...agentOf("off", "Off"), boolean: "hours" },
    { ...agentOf("called", "Called"), media: ["voice"] },
    agentOf("silent", "Silent"),
  ];
  await app.store.widgets.create("sidebar", content, uuid);
  const ask = async (query: string) => {
    const answer = app.get(`/desk/colleagues?widget=${uuid}${query}`, {
      cookie,
    });
    for (let n = 0; n < 50; n++) {
      await new Promise((resolve) => setTimeout(resolve));
      app.store.clock.advance(20);
    }
    return (await (await answer).json()).atPbx;
  };

  deepEqual(await ask(""), [
    { address: "atlantis", name: "atlantis", presence: "online" },
    { address: "columbia", name: "Columbia", presence: "busy" },
  ]);
  deepEqual(
    (await ask("&text=COL")).map(({ name }: { name: string }) => name),
    ["Columbia"],
  );
  equal(directory.watching("silent"), 0);
});
