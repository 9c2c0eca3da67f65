import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { AgentPort, CallEvent, ChatEvent } from "@/lib/contact/ports.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { Directory } from "@/lib/contact/directory.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Metrics } from "./metrics.ts";
import { COUNTED } from "./names.ts";

Deno.test("Metrics counts by name and label, and ignores unknown names", async () => {
  const metrics = new Metrics(new FakeClock());

  metrics.count("chat_writes_failed", { why: "late" });
  metrics.count("chat_writes_failed", { why: "late" });
  metrics.count("something_new", { kind: "x" });

  const lines = await samples(metrics, "chat_writes", "something_new");
  deepEqual(lines, [
    'contact_widgets_chat_writes_failed_total{why="chat"} 0',
    'contact_widgets_chat_writes_failed_total{why="late"} 2',
    'contact_widgets_chat_writes_failed_total{why="refused"} 0',
    'contact_widgets_something_new_total{kind="x"} 1',
  ]);
});

Deno.test("Metrics reads gauges on each scrape and drops labels that no longer exist", async () => {
  const metrics = new Metrics(new FakeClock());
  const links = ["a", "b"];
  metrics.gauge("links", "Links", {
    labels: ["pbx"],
    read: () => links.map((pbx) => [1, { pbx }]),
  });

  const two = await samples(metrics, "links");
  links.pop();
  const one = await samples(metrics, "links");

  deepEqual([two.length, one], [2, ['links{pbx="a"} 1']]);
});

Deno.test("metered agents count a call that rings, connects and ends", async () => {
  const clock = new FakeClock();
  const metrics = new Metrics(clock);
  const { agents, calls } = played();
  const call = { id: "1", address: "otto", visitor: ADA, sdp: "" };
  metrics.metered(agents).dial({ ...call, media: "voice" }, () => {});
  metrics.metered(agents).dial({ ...call, media: "video" }, () => {});

  calls[0]!({ type: "alerting" });
  clock.advance(4_000);
  calls[0]!({ type: "connected" });
  calls[1]!({ type: "terminated", cause: 17 });

  deepEqual(await samples(metrics, "contacts{"), [
    'contact_widgets_contacts{media="voice",state="ringing"} 0',
    'contact_widgets_contacts{media="voice",state="connected"} 1',
    'contact_widgets_contacts{media="video",state="ringing"} 0',
    'contact_widgets_contacts{media="video",state="connected"} 0',
    'contact_widgets_contacts{media="chat",state="ringing"} 0',
    'contact_widgets_contacts{media="chat",state="connected"} 0',
  ]);
  calls[0]!({ type: "terminated", cause: 16 });
  const text = await metrics.text();
  match(text, /contacts\{media="voice",state="connected"\} 0/);
  match(text, /answer_seconds_sum\{media="voice"\} 4/);
  match(text, /answer_seconds_count\{media="voice"\} 1/);
});

Deno.test("metered agents count a chat and time a presence change", async () => {
  const clock = new FakeClock();
  const metrics = new Metrics(clock);
  const { agents, chats, watches } = played();
  const heard: string[] = [];
  const metered = metrics.metered(agents);
  using directory = new Directory({
    desk: new FakeAgents(),
    pbx: agents,
    hub: new Hub<Topics>(),
    clock,
    fanOut: metrics.fanOut,
  });
  directory.watch("otto", (presence) => heard.push(presence));
  const log = { since: () => [] };
  metered.openChat({ id: "1", address: "o", visitor: ADA, log }, () => {});

  watches[0]!("busy");
  chats[0]!({ type: "joined" });

  deepEqual(heard, ["offline", "busy"]);
  const text = await metrics.text();
  match(text, /contacts\{media="chat",state="connected"\} 1/);
  match(text, /presence_fan_out_seconds_count 1/);
});

Deno.test("every counted name has a description", async () => {
  const root = new URL("../", import.meta.url);
  const found = new Set<string>();
  const banks = ["visitor", "contact", "desk", "pbx"];
  const others = ["port", "program", "web", "admin", "statistics", "metrics"];
  for (const room of [...banks, ...others]) {
    for await (const { name } of Deno.readDir(new URL(`${room}/`, root))) {
      if (!name.endsWith(".ts") || name.endsWith("_test.ts")) continue;
      const text = await Deno.readTextFile(new URL(`${room}/${name}`, root));
      for (
        const [, counted = ""] of text.matchAll(/counters\.count\(\s*"(\w+)"/g)
      ) {
        found.add(counted);
      }
    }
  }

  ok(found.has("contact_started") && found.has("sign_ins"));
  deepEqual([...found].filter((name) => !(name in COUNTED)), []);
});

/** Agents whose events the test plays. */
function played() {
  const calls: ((event: CallEvent) => void)[] = [];
  const chats: ((event: ChatEvent) => void)[] = [];
  const watches: ((presence: Presence) => void)[] = [];
  const agents: AgentPort = {
    watch(_address, tell) {
      tell("offline");
      watches.push(tell);
      return { [Symbol.dispose]: () => {} };
    },
    dial(_call, tell) {
      calls.push(tell);
      return { send: () => {} };
    },
    openChat(_chat, tell) {
      chats.push(tell);
      return { send: () => {} };
    },
  };
  return { agents, calls, chats, watches };
}

async function samples(
  metrics: Metrics,
  ...names: string[]
): Promise<string[]> {
  const lines = (await metrics.text()).split("\n");
  return lines.filter((line) =>
    !line.startsWith("#") && names.some((name) => line.includes(name))
  );
}

Deno.test("event loop pauses and route durations are measured", async () => {
  const clock = new FakeClock();
  const metrics = new Metrics(clock);

  {
    using _watch = metrics.watchLoop();
    clock.advance(1_000);
    clock.stall(900);
    metrics.answered("/api/widgets/:uuid", 0.2);
  }

  equal(clock.pending, 0);
  const text = await metrics.text();
  match(text, /event_loop_lag_seconds_bucket\{le="0.005"\} 4$/m);
  match(text, /event_loop_lag_seconds_bucket\{le="0.5"\} 4$/m);
  match(text, /event_loop_lag_seconds_bucket\{le="1"\} 5$/m);
  match(
    text,
    /http_request_seconds_bucket\{le="0.25",route="\/api\/widgets\/:uuid"\} 1$/m,
  );
});
