import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Ice } from "./ice.ts";

const NONE = { stun: "", turn: "", turnSecret: "" };
const OF_PBX = {
  stun: "stun.pbx.example",
  turn: "turn.pbx.example",
  turnUsr: "fixed",
  turnPwd: "secret",
};

/** The servers for a visitor, with these settings and servers of the PBX. */
function iceOf(settings: Partial<typeof NONE>, pbx?: Partial<typeof OF_PBX>) {
  const ice = new Ice({ ...NONE, ...settings }, {
    clock: new FakeClock(1_700_000_000_000),
    pbx: () => pbx && { ...OF_PBX, ...pbx },
  });
  return { source: ice.source(), config: ice.config("ada") };
}

Deno.test("Ice returns the PBX's servers only if the settings name none", () => {
  const none = iceOf({}, {});
  const stun = iceOf({ stun: "stun.example.com" }, {});
  const turn = iceOf({ turn: "turn.example.com" }, {});

  deepEqual(none, { source: "pbx", config: { mt: "IceConfig", ...OF_PBX } });
  deepEqual(stun, {
    source: "settings",
    config: { mt: "IceConfig", stun: "stun.example.com", turn: "" },
  });
  deepEqual(turn, {
    source: "settings",
    config: { mt: "IceConfig", stun: "", turn: "turn.example.com" },
  });
});

Deno.test("Ice returns no servers if neither the settings nor a PBX name any", () => {
  deepEqual(iceOf({}), {
    source: "settings",
    config: { mt: "IceConfig", stun: "", turn: "" },
  });
});

Deno.test("Ice passes on the PBX's credentials only with a TURN server and a user", () => {
  const { stun, turn } = OF_PBX;

  deepEqual(iceOf({}, { turn: "" }).config, {
    mt: "IceConfig",
    stun,
    turn: "",
  });
  deepEqual(iceOf({}, { turnUsr: "" }).config, {
    mt: "IceConfig",
    stun,
    turn,
  });
});

Deno.test("Ice creates credentials for the user, which last an hour or as requested", () => {
  const ice = new Ice({ ...NONE, turn: "turn.example.com", turnSecret: "x" }, {
    clock: new FakeClock(1_700_000_000_000),
    pbx: () => OF_PBX,
  });

  equal(ice.config("ada").turnUsr, "1700003600:ada");
  equal(ice.config("ada", 60).turnUsr, "1700000060:ada");
});
