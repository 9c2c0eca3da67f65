import { effect } from "@preact/signals";
import { keepAwake } from "@/lib/media/wake_lock.ts";
import { keepDrafts } from "./drafts.ts";
import { followCallbacks } from "./follow_callbacks.ts";
import { keepShown } from "./kept_view.ts";
import { showLinked } from "./linked_contact.ts";
import { keepConnected } from "./page_life.ts";
import type { TabStorage } from "./tab_storage.ts";
import type { DeskUi } from "./view/desk_ui.ts";
import { itemId } from "./view/item_id.ts";
import { askDeskState } from "@/lib/protocol/admin/desk_state.ts";

const TICK_MS = 1_000;

/** Connects the desk with its browser; returns a function that disconnects
 * it. */
export function runDesk(
  { desk, alerts, installer, push, callbacks, now, widgets }: DeskUi,
): () => void {
  const end = new AbortController();
  const { signal } = end;
  const tick = () => {
    // Signed out, the page does not know how long contacts last.
    if (!desk.isSignedOut.value) now.value = desk.now();
  };
  /** The agent is at the page, so missed contacts in view count as seen. */
  const look = () => {
    const contacts = desk.state.peek().unseen.filter(isInView);
    if (contacts.length > 0) desk.dispatch({ type: "see", contacts });
  };
  const lookAtWidgets = widgetsLook(widgets, signal);
  const timer = setInterval(tick, TICK_MS);
  document.addEventListener("pointerdown", look, { signal });
  document.addEventListener("keydown", look, { signal });
  self.addEventListener("focus", lookAtWidgets, { signal });
  const parts = [
    ...[alerts.start(), installer.start(self), showLinked(desk, signal)],
  ];
  void push.start();
  const storage = storageOf(self);
  const endKept = storage
    ? [keepDrafts(desk, { storage, now: Date.now }), keepShown(desk, storage)]
    : [];
  const sleep = effect(() => desk.media.value ? keepAwake() : undefined);
  const endLooking = effect(() => {
    if (desk.widgetChanges.value > 0) void lookAtWidgets();
  });
  const endCallbacks = followCallbacks(desk, callbacks);
  tick();
  keepConnected(desk, { signal, look });
  return () => {
    clearInterval(timer);
    end.abort();
    for (const endOne of [...parts, ...endKept, endCallbacks]) endOne();
    sleep();
    endLooking();
  };
}

/** True if the row of this conversation is on the screen, and not scrolled away
 * or covered. */
function isInView(contact: string): boolean {
  const row = document.getElementById(itemId(contact));
  const box = row?.getBoundingClientRect();
  if (!row || !box || box.width === 0) return false;
  const { x, y, width, height } = box;
  return row.contains(
    document.elementFromPoint(x + width / 2, y + height / 2),
  );
}

/** Returns a function that asks for the agent's widgets. */
function widgetsLook(
  widgets: DeskUi["widgets"],
  signal: AbortSignal,
): () => Promise<void> {
  let asked = 0;
  return async () => {
    const number = ++asked;
    const state = await askDeskState({ widgets: true });
    if (number !== asked || signal.aborted) return; // A newer answer follows.
    if (state?.widgets) widgets.value = state.widgets;
  };
}

/** Reading the property throws where the browser blocks all storage. */
function storageOf(page: { sessionStorage: TabStorage }) {
  try {
    return page.sessionStorage;
  } catch {
    return undefined;
  }
}
