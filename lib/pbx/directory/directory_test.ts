import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { Heard } from "@/tests/support/heard.ts";
import {
  InMemory,
  turns,
  user,
  users,
} from "@/tests/support/simulated_pbx/in_memory.ts";
import { findAgents } from "./find.ts";

const never = new AbortController().signal;

Deno.test("[P38] search matches a part of name or address among all users, page by page", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({
    users: [...users(45), user("mueller", "Jörg Müller"), user("x1", "Zoë")],
  });

  const mueller = await setup.bank.search({ text: "MULLER", limit: 10 }, never);
  const first = await setup.bank.search({ text: "user00", limit: 20 }, never);
  const second = await setup.bank.search(
    { text: "user00", limit: 20, ...(first.next && { after: first.next }) },
    never,
  );
  const third = await setup.bank.search(
    { text: "user00", limit: 20, ...(second.next && { after: second.next }) },
    never,
  );

  deepEqual(mueller.agents, [
    { address: "mueller", name: "Jörg Müller", email: "mueller@example.com" },
  ]);
  deepEqual(
    [...first.agents, ...second.agents, ...third.agents].map((a) => a.address),
    users(45).map(({ sip }) => sip),
  );
  equal(third.next, undefined);
  equal(pbx.count("SearchUsers"), 4, "three pages of 20 and the end, once");
});

Deno.test("[P38] the list of users is reloaded after a minute", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("a", "Ada")] });
  await setup.bank.search({ text: "", limit: 10 }, never);
  pbx.options.users.push(user("b", "Bob"));

  const soon = await setup.bank.search({ text: "", limit: 10 }, never);
  setup.clock.advance(60_001);
  const later = await setup.bank.search({ text: "", limit: 10 }, never);

  deepEqual(soon.agents.map((a) => a.name), ["Ada"]);
  deepEqual(later.agents.map((a) => a.name), ["Ada", "Bob"]);
});

Deno.test("[P38] users with the same name are all found, and a list without progress ends", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({
    users: [user("a1", "Ada"), user("a2", "Ada"), user("b", "Bob")],
  });
  const page = await setup.bank.search({ text: "ada", limit: 10 }, never);
  deepEqual(page.agents.map((a) => a.address), ["a1", "a2"]);

  setup.clock.advance(60_001);
  pbx.distort = (answer) =>
    answer.mt === "SearchUsersResult"
      ? [{
        ...answer,
        user: [{ cn: "Loop", h323: "loop" }, null, { cn: 5 }, { cn: "none" }],
      }]
      : [answer];
  const stuck = await setup.bank.search({ text: "", limit: 10 }, never);

  deepEqual(stuck.agents, [{ address: "loop", name: "Loop", email: "" }]);
});

Deno.test("[P38] the next keystroke cancels a pending search", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("a")] });
  pbx.silent.add("SearchUsers");
  const abort = new AbortController();

  const search = setup.bank.search({ text: "a", limit: 10 }, abort.signal);
  await turns();
  abort.abort();

  await rejects(search, { name: "AbortError" });
});

Deno.test("[P38] a search that the PBX doesn't answer times out", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("a")] });
  pbx.silent.add("SearchUsers");
  const search = setup.bank.search({ text: "", limit: 10 }, never);
  await turns();
  setup.clock.advance(10_000);

  deepEqual(await search, { agents: [] });
  pbx.silent.clear();
  const again = await setup.bank.search({ text: "", limit: 10 }, never);

  equal(again.agents.length, 1);
});

Deno.test("findAgents() sorts by name and continues after the last agent", () => {
  const all = ["Öl", "Anna", "otto", "Émile"].map((name, n) => ({
    address: `a${n}`,
    name,
    email: "",
  }));

  const first = findAgents(all, { text: "", limit: 2 });
  const second = findAgents(all, { text: "", limit: 2, after: "a3" });

  deepEqual(first, { agents: [all[1], all[3]], next: "a3" });
  deepEqual(second, { agents: [all[0], all[2]] });
});

Deno.test("[P39] a Boolean object is online while it is on, by indication or else by polling", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ booleans: [{ name: "open", on: true }] });
  const heard = watch(setup, "open");
  await heard.until((presence) => presence === "online");
  await turns();

  pbx.setBoolean("open", false); // Told by its dialog info.
  await heard.until((presence) => presence === "offline");
  const object = pbx.options.booleans[0];
  if (object) object.on = true; // Not told.
  setup.clock.advance(5_000);
  await turns();

  equal(heard.all.at(-1), "online");
});

Deno.test("[P39] a queue with free places is reachable and found, a group while a member is active", async () => {
  using setup = new InMemory();
  const members = [{ sip: "a", active: false }, { sip: "b", active: true }];
  const pbx = await setup.linked({
    users: [user("a")],
    queues: [{ sip: "q.sales", name: "Sales queue" }],
    groups: [{ name: "support", members }],
  });
  const queue = watch(setup, "q.sales");
  const group = watch(setup, "support");
  await queue.until((presence) => presence === "online");
  await group.until((presence) => presence === "online");

  for (const member of members) member.active = false;
  setup.clock.advance(5_000);
  await turns();
  const found = await setup.bank.search({ text: "sales", limit: 5 }, never);
  const call = setup.dial("q.sales");
  await (await pbx.calls.next()).answer();
  await call.heard.until((event) => event.type === "connected");

  equal(group.all.at(-1), "offline");
  deepEqual(found.agents, [{
    address: "q.sales",
    name: "Sales queue",
    email: "",
  }]);
});

Deno.test("[P39] only watched objects are polled often", async () => {
  using setup = new InMemory();
  const booleans = [{ name: "open", on: true }];
  const groups = [{ name: "support", members: [{ sip: "a", active: true }] }];
  const pbx = await setup.linked({ booleans, groups });
  const heard = watch(setup, "open");
  await heard.until((presence) => presence === "online");
  await turns();
  const lists = pbx.count("GetGroups") + pbx.count("GetPseudoObjects");
  const asked = pbx.count("GetBooleans");

  for (let n = 0; n < 3; n++) {
    setup.clock.advance(5_000);
    await turns();
  }

  equal(pbx.count("GetBooleans"), asked + 3);
  equal(pbx.count("GetGroup"), 0);
  equal(pbx.count("GetGroups") + pbx.count("GetPseudoObjects"), lists);
});

Deno.test("[P39] an unanswered request keeps the known objects", async () => {
  using setup = new InMemory();
  const groups = [{ name: "support", members: [{ sip: "a", active: true }] }];
  const pbx = await setup.linked({
    booleans: [{ name: "open", on: true }],
    groups,
    queues: [{ sip: "q.sales", name: "Sales queue" }],
  });
  const all = ["open", "support", "q.sales"].map((sip) => watch(setup, sip));
  for (const heard of all) await heard.until((p) => p === "online");
  await turns();

  for (const mt of ["GetBooleans", "GetGroup", "GetPseudoObjects"]) {
    pbx.silent.add(mt);
    setup.clock.advance(5_000);
    await turns();
    setup.clock.advance(10_000);
    await turns();
    pbx.silent.clear();
  }

  for (const { all: told } of all) {
    deepEqual(told.slice(told.indexOf("online")), ["online"]);
  }
});

Deno.test("[P44] queues and groups are loaded for a search at most once in 15 minutes", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({
    queues: [{ sip: "q.sales", name: "Sales queue" }],
  });
  const lists = () => pbx.count("GetGroups") + pbx.count("GetPseudoObjects");
  const search = () => setup.bank.search({ text: "q.", limit: 5 }, never);
  equal(lists(), 2, "once for a link");

  for (let minute = 0; minute < 60; minute++) {
    setup.clock.advance(60_000);
    await turns(1);
  }
  equal(lists(), 2, "nobody searches");
  pbx.cut();
  await turns();
  pbx.options.queues.push({ sip: "q.help", name: "Help queue" });
  const found = [await search(), await search()];
  await pbx.connect();
  await turns();
  found.push(await search());
  await search();

  equal(lists(), 4);
  deepEqual(found.map(({ agents }) => agents.length), [0, 0, 2]);
});

Deno.test("[P44] a search finds groups and marks them as untested", async () => {
  using setup = new InMemory();
  await setup.linked({ groups: [{ name: "support", members: [] }] });

  const found = await setup.bank.search({ text: "sup", limit: 5 }, never);

  deepEqual(found.agents, [
    { address: "support", name: "support", email: "", untested: true },
  ]);
});

Deno.test("[P38] the e-mail address is the first one with a domain, otherwise the PBX's domain is added", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("a")] });
  const cases: [unknown[], string][] = [
    [["ada"], "ada@example.com"],
    [["ada", "ada@example.org", "b@example.net"], "ada@example.org"],
    [[7, "", { email: "ada" }], "ada@example.com"],
    [[], ""],
  ];
  const emails: (string | undefined)[] = [];
  for (const [given] of cases) {
    pbx.distort = (answer) =>
      answer.mt === "SearchUsersResult"
        ? [{ ...answer, user: [{ cn: "Ada", h323: "a", emails: given }] }]
        : [answer];
    const page = await setup.bank.search({ text: "", limit: 5 }, never);
    emails.push(page.agents[0]?.email);
    setup.clock.advance(60_001);
  }

  deepEqual(emails, cases.map(([, email]) => email));
});

Deno.test("[P39] objects of a lost link are offline", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ booleans: [{ name: "open", on: true }] });
  const heard = watch(setup, "open");
  await heard.until((presence) => presence === "online");

  pbx.cut();
  await turns();
  setup.clock.advance(500);

  equal(heard.all.at(-1), "offline");
});

function watch(setup: InMemory, address: string): Heard<Presence> {
  const heard = new Heard<Presence>();
  setup.bank.watch(address, heard.tell);
  return heard;
}
