import { Hub } from "@/lib/base/hub.ts";
import { Directory } from "@/lib/contact/directory.ts";
import type { AgentFinder, AgentPort } from "@/lib/contact/ports.ts";
import { Metrics } from "@/lib/metrics/metrics.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { FakeAgents } from "../support/fake_agents.ts";
import { agentPortSuite } from "./agent_port_suite.ts";
import { openFake } from "./fake_harness.ts";

agentPortSuite("fake", () => Promise.resolve(openFake()));
agentPortSuite("directory, metered", () => Promise.resolve(openFake(served)));

/** Returns the agents as the program gives them to the visitors' bank. */
function served(pbx: FakeAgents): AgentPort & AgentFinder {
  const clock = new FakeClock();
  const metrics = new Metrics(clock);
  const { fanOut } = metrics;
  const hub = new Hub<Topics>();
  const desk = new FakeAgents();
  const directory = new Directory({ desk, pbx, hub, clock, fanOut });
  return Object.assign(metrics.metered(directory), {
    watch: directory.watch.bind(directory),
    search: pbx.search.bind(pbx),
  });
}
