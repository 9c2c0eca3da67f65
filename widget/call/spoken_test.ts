import { deepEqual } from "node:assert/strict";
import { en } from "@/lib/i18n/widget/en.ts";
import { translator } from "../translate.ts";
import { newCall, type PageCall } from "./call_state.ts";
import { spokenState } from "./spoken.ts";

Deno.test("the state of a call is told in words", () => {
  const call = newCall({
    agent: { id: "ada", name: "Ada" },
    visitor: "",
    contact: "1",
  });
  const spoken = (change: Partial<PageCall>) =>
    spokenState({ ...call, ...change }, translator({ ...en }));

  deepEqual(
    [
      spoken({ state: "preparing" }),
      spoken({ state: "calling" }),
      spoken({ state: "alerting" }),
      spoken({ state: "connected" }),
      spoken({ state: "ended", reason: "ended" }),
      spoken({ state: "ended", reason: "endedBusy" }),
    ],
    [
      en.preparing,
      en.calling,
      en.ringing,
      en.connected,
      en.ended.replace("{name}", "Ada"),
      en.endedBusy.replace("{name}", "Ada"),
    ],
  );
});
