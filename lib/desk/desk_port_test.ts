import { agentPortSuite } from "@/tests/contact/agent_port_suite.ts";
import { openDesk } from "@/tests/contact/desk_harness.ts";

agentPortSuite("desk", openDesk);
