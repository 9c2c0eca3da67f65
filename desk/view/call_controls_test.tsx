import { deepEqual, doesNotMatch, match } from "node:assert/strict";
import { buttonsIn, drawn } from "@/tests/support/drawn_desk.tsx";
import { Rung } from "@/tests/support/rung_desk.ts";
import { CallBar } from "./call_bar.tsx";
import { CallPanel } from "./call_panel.tsx";

Deno.test("a muted and held call says so, and its buttons say how to undo it", async () => {
  await using rung = await Rung.open();
  await rung.take(false);
  const { desk, id } = rung;
  const panel = () => {
    const [item] = desk.state.value.calls;
    return item ? drawn(desk, <CallPanel item={item} />) : "";
  };
  const before = panel();

  desk.media.value?.setMuted(true);
  desk.setHeld(id, true);
  const after = panel();
  desk.dispatch({ type: "show", contact: null });
  const bar = drawn(desk, <CallBar />);

  deepEqual(buttonsIn(before), ["Mute", "Camera", "Hold", "Hang up"]);
  doesNotMatch(before, /You are muted/);
  deepEqual(buttonsIn(after), ["Unmute", "Camera", "Resume", "Hang up"]);
  match(after, /role="status">.*You are muted/s);
  // A label that changes and a pressed state would say it twice.
  doesNotMatch(bar, /aria-pressed/);
  deepEqual(buttonsIn(bar).slice(1), ["Unmute", "Hang up"]);
});
