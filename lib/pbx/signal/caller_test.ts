import { deepEqual } from "node:assert/strict";
import { InMemory, user } from "@/tests/support/simulated_pbx/in_memory.ts";

const NAME = { type: "name_identification", name: "Ada" };
const OVERRIDE = { type: "cli_override" };

Deno.test("[P50] call and chat setups contain only the visitor's name", async () => {
  deepEqual(await setups(false), [[NAME], [{ type: "im_setup" }, NAME]]);
});

Deno.test("[P50] setups ask the PBX to keep the visitor as caller if configured", async () => {
  deepEqual(await setups(true), [
    [NAME, OVERRIDE],
    [{ type: "im_setup" }, NAME, OVERRIDE],
  ]);
});

/** The facilities of a call's and a chat's setup. */
async function setups(cliOverride: boolean): Promise<unknown[]> {
  using setup = new InMemory({ cliOverride });
  const pbx = await setup.linked({ users: [user("atlantis")] });
  setup.dial("atlantis");
  const call = await pbx.calls.next();
  setup.chat("atlantis");
  const chat = await pbx.chats.next();
  return [call.setup.fty, chat.setup.fty];
}
