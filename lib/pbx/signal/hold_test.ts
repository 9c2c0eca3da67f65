import { deepEqual } from "node:assert/strict";
import { sampleOffer } from "@/tests/support/sdp.ts";
import {
  type CallRun,
  channels,
  connected,
  dial,
  PROPOSAL,
  SELECT,
} from "@/tests/support/call_run.ts";

const HOLDCONN = { ...channels, audio_setup_role: "holdconn" };
const NO_SOUND = { ...channels, ch: [] };
const fty = (...types: string[]) => ({
  type: "facility",
  fty: types.map((type) => ({ type })),
});
const media = (channels_cmd: string, of: unknown = channels) => ({
  type: "channels",
  channels_cmd,
  channels: of,
});

Deno.test("[P41] a call is on hold while the phone says so, and each change is reported once", () => {
  const call = connected();

  call.signal(fty("hold_notify"));
  call.signal(fty("remote_hold", "new"));
  call.signal(fty("retrieve_notify"));
  call.signal(fty("retrieve_notify"));

  deepEqual(holds(call), [true, false]);
});

Deno.test("[P41] closed media, or an offer without audio, holds the call until audio returns", () => {
  for (
    const hold of [
      { type: "channels", channels_cmd: "CLOSE" },
      media("PROPOSAL", HOLDCONN),
      media("PROPOSAL", NO_SOUND),
    ]
  ) {
    const call = connected();

    call.signal(hold);
    call.signal(hold);
    call.signal({ type: "channels", ...PROPOSAL });

    deepEqual(holds(call), [true, false]);
  }
});

Deno.test("[P41] either a hold signal or silent media is enough to hold", () => {
  const call = connected();

  call.signal(fty("hold_notify"));
  call.signal({ type: "channels", channels_cmd: "CLOSE" });
  call.signal(fty("retrieve_notify"));
  deepEqual(holds(call), [true]);
  call.signal({ type: "channels", ...PROPOSAL });

  deepEqual(holds(call), [true, false]);
});

Deno.test("[P41] the answer to the visitor's own offer resumes the audio", () => {
  const call = connected();
  const offer = { cmd: "PROPOSAL", sdp: sampleOffer() } as const;

  call.signal({ type: "channels", channels_cmd: "CLOSE" });
  call.signal({ type: "channels", ...SELECT }); // Nobody has offered.
  call.signal({ type: "channels", channels_cmd: "REQUEST" });
  deepEqual(holds(call), [true]);
  call.command({ type: "channels", channels: offer });
  call.signal({ type: "channels", ...SELECT });

  deepEqual(holds(call), [true, false]);
});

Deno.test("[P41] a transfer ends the hold, and unreadable signals change nothing", () => {
  const call = connected();

  call.signal(media("PROPOSAL", { ch: 5 }));
  deepEqual(holds(call), []);
  call.signal(fty("hold_notify"));
  call.signal(media("PROPOSAL", { ch: 5 }));
  call.signal(fty("ct_complete"));

  deepEqual(holds(call), [true, false]);
});

Deno.test("[P42] after a transfer the new agent's name is delivered", () => {
  const call = connected();
  const transfer = (name?: string) => ({
    type: "facility",
    fty: [{
      type: "ct_complete",
      ...(name !== undefined && { remote_name: name }),
    }],
  });

  call.signal(transfer());
  call.signal(transfer(" "));
  call.signal(transfer("Columbia <x> " + "y".repeat(90)));

  deepEqual(call.told, [
    { type: "renamed", name: ("Columbia <x> " + "y".repeat(90)).slice(0, 64) },
  ]);
});

Deno.test("[P41] an offer that holds asks the page to be silent", () => {
  const call = connected();

  call.signal(media("PROPOSAL", HOLDCONN));

  const [sdp = ""] = call.told.flatMap((event) =>
    event.type === "channels" && event.channels.cmd === "PROPOSAL"
      ? event.channels.sdp
      : []
  );
  const [, audio = ""] = sdp.split("m=");
  deepEqual(/a=(inactive|sendrecv)/.exec(audio)?.[1], "inactive");
});

Deno.test("[P49] a request to hold or retrieve gets its result", () => {
  const call = connected();

  call.signal(fty("remote_hold"));
  call.signal(fty("hold_notify"));
  call.signal(fty("remote_retrieve", "retrieve_notify"));

  deepEqual(call.signals, [
    fty("remote_hold_result"),
    fty("remote_retrieve_result"),
  ]);
});

Deno.test("[P49] a request to hold gets its result before the call is connected", () => {
  const call = dial();
  call.effects = [];

  call.signal(fty("remote_hold"));

  deepEqual(call.signals, [fty("remote_hold_result")]);
});

/** The hold events that the visitor received, in order. */
function holds(call: CallRun): boolean[] {
  return call.told.flatMap((event) => event.type === "hold" ? event.held : []);
}
