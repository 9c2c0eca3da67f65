import { agentPortSuite } from "@/tests/contact/agent_port_suite.ts";
import { openPbx } from "@/tests/contact/pbx_harness.ts";

agentPortSuite("PBX", openPbx);
