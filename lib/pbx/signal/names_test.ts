import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import { dial, SELECT } from "@/tests/support/call_run.ts";
import { Facility } from "./signal.ts";

Deno.test("a call whose agent has an empty name is connected without a name", () => {
  const call = dial();
  const fty = [{ type: "name_identification", name: " " }];

  call.signal({ type: "conn", ...SELECT, fty });

  const connected = call.told.at(-1);
  deepEqual(Object.keys(connected ?? {}), ["type", "sdp"]);
});

Deno.test("[P51] a name from the PBX has no hidden characters", () => {
  const name = "Ada\u202e\u0007\u2028Lovelace\u0000";

  const caller = v.parse(Facility, { type: "name_identification", name });
  const transferred = v.parse(Facility, {
    type: "ct_complete",
    remote_name: name,
  });

  equal("name" in caller && caller.name, "Ada Lovelace");
  equal(
    "remote_name" in transferred && transferred.remote_name,
    "Ada Lovelace",
  );
});

Deno.test("a name from the PBX is cut between visible characters", () => {
  const almost = "x".repeat(63);
  const name = `  ${almost}👩‍💻 of Berlin`;

  const read = v.parse(Facility, { type: "name_identification", name });

  equal(read.type === "name_identification" && read.name, almost);
});
