import { agentPortSuite } from "./agent_port_suite.ts";
import {
  deskElsewhere,
  fakeElsewhere,
  pbxElsewhere,
} from "./elsewhere_harness.ts";

const BANKS = {
  "[CLUSTER1] fake elsewhere": fakeElsewhere,
  "[CLUSTER1] desk elsewhere": deskElsewhere,
  "[CLUSTER1] PBX elsewhere": pbxElsewhere,
};

for (const [bank, open] of Object.entries(BANKS)) {
  for (const lost of [0, 0.2]) {
    agentPortSuite(`${bank}, ${100 * lost} % lost`, () => open({ lost }));
  }
}
