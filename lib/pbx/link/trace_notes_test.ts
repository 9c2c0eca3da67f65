import { deepEqual, equal } from "node:assert/strict";
import { channels } from "@/tests/support/call_run.ts";
import { InMemory, user } from "@/tests/support/simulated_pbx/in_memory.ts";
import { withoutSecrets } from "./trace.ts";

Deno.test("[P8] the trace notes a missing RTCP mux, and no problem is counted", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  const { heard } = setup.dial("atlantis");
  const call = await pbx.calls.next();
  const { audio_rtcp_mux: _, ...absent } = channels;

  call.raw({ type: "conn", channels_cmd: "SELECT", channels: absent });
  await heard.until((event) => event.type === "connected");

  const notes = setup.bank.trace.entries({ text: "absent and taken" });
  deepEqual(notes.map(({ direction, link }) => [direction, link]), [
    ["note", "example.com/master/widgets"],
  ]);
  equal(setup.bank.status().links[0]?.errors.length, 0);
});

Deno.test("[P51] the trace shows hidden characters as escapes", () => {
  const frame = JSON.stringify({ dn: "Ada\u202egnp.exe\u009b" });

  equal(withoutSecrets(frame), '{"dn":"Ada\\u202egnp.exe\\u009b"}');
});
