import { deepEqual, equal } from "node:assert/strict";
import { en } from "@/lib/i18n/admin/en.ts";
import { ToastList } from "@/lib/ui/toasts.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { AgentDialogs } from "./agent_dialogs.ts";
import { NEW_AGENT } from "./agent_form.ts";

const ANN = anAgent("ann", { name: "Ann Berg" });

Deno.test("Undo restores an agent's changes that Escape discarded", () => {
  const { dialogs, toasts } = open();
  const typed = { ...ANN, department: "Sales" };
  dialogs.open({ address: "ann" });

  dialogs.discard(typed, ANN);
  const closed = dialogs.opened.value;
  const [toast] = toasts.toasts.value;
  toast?.action?.run();

  equal(closed, undefined);
  equal(toast?.text, "Your changes to Ann Berg were discarded.");
  deepEqual(dialogs.opened.value, { address: "ann", typed });
});

Deno.test("Undo also restores what was typed for a new agent", () => {
  const { dialogs, toasts } = open();
  const typed = { ...NEW_AGENT, address: "ben" };
  dialogs.open({});

  dialogs.discard(typed, undefined);
  const [toast] = toasts.toasts.value;
  toast?.action?.run();

  equal(toast?.text, "The new agent was discarded.");
  deepEqual(dialogs.opened.value, { typed });
});

Deno.test("closing an unchanged dialog, or applying it, offers no Undo", () => {
  const { dialogs, toasts } = open();

  dialogs.open({ address: "ann" });
  dialogs.discard({ ...ANN }, ANN);
  dialogs.open({});
  dialogs.discard({ ...NEW_AGENT }, undefined);
  dialogs.open({ address: "ann" });
  dialogs.close();

  deepEqual(toasts.toasts.value, []);
});

Deno.test("Undo disappears when another dialog opens or the section is left", () => {
  const { dialogs, toasts } = open();
  const typed = { ...ANN, department: "Sales" };

  dialogs.open({ address: "ann" });
  dialogs.discard(typed, ANN);
  dialogs.open({ address: "ben" });
  const other = toasts.toasts.value.length;
  dialogs.discard(typed, ANN);
  dialogs[Symbol.dispose]();

  deepEqual([other, toasts.toasts.value.length], [0, 0]);
});

function open() {
  const toasts = new ToastList(new FakeClock());
  return { toasts, dialogs: new AgentDialogs({ toasts, texts: en }) };
}
