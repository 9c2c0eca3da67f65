import { effect } from "@preact/signals";
import { parseJson } from "@/lib/base/parse_json.ts";
import type { Desk } from "./desk.ts";
import type { ChatItem } from "./desk_state.ts";
import { forgetTab, store, stored, type TabStorage } from "./tab_storage.ts";

/** Texts of one chat that the service does not have. */
interface Unsent {
  /** Text in the field. */
  draft: string;
  /** Sent but unconfirmed messages; the id makes a repetition the same
   * message. */
  outbox: { id: string; text: string }[];
}

const PREFIX = "draft-";

/**
 * Stores the unsent text of each running chat, so that it survives a reload,
 * going back and a visit to another page. Deletes it when the chat ends or the
 * agent is signed out. Returns a function that stops it.
 */
export function keepDrafts(
  desk: Desk,
  { storage, now }: { storage: TabStorage; now: () => number },
): () => void {
  const known = new Set<string>();
  return effect(() => {
    const { chats } = desk.state.value;
    // A link that closes after the sign-out must not store them again.
    if (desk.isSignedOut.value) return forgetTab(storage);
    for (const item of chats) {
      const { id, state } = item.view;
      if (state === "ended") store(storage, PREFIX + id, undefined);
      else if (known.has(id)) write(storage, item);
      else if (state === "joined") {
        known.add(id);
        restore(desk, read(storage, id), { chat: id, now: now() });
      }
    }
  });
}

function restore(
  desk: Desk,
  { draft, outbox }: Unsent,
  { chat, now }: { chat: string; now: number },
): void {
  for (const { id, text } of outbox) {
    desk.dispatch({ type: "draft", chat, text });
    desk.dispatch({ type: "write", chat, id, now });
  }
  if (draft !== "") desk.dispatch({ type: "draft", chat, text: draft });
}

function write(storage: TabStorage, { view, draft, outbox }: ChatItem): void {
  const unsent: Unsent = {
    draft,
    outbox: outbox.map(({ id, text }) => ({ id, text })),
  };
  const isEmpty = draft === "" && outbox.length === 0;
  store(
    storage,
    PREFIX + view.id,
    isEmpty ? undefined : JSON.stringify(unsent),
  );
}

function read(storage: TabStorage, chat: string): Unsent {
  const found = parseJson(stored(storage, PREFIX + chat) ?? "");
  // Otherwise it is missing, or from another version.
  return isUnsent(found) ? found : { draft: "", outbox: [] };
}

function isUnsent(value: unknown): value is Unsent {
  return isRecord(value) && typeof value.draft === "string" &&
    Array.isArray(value.outbox) &&
    value.outbox.every((sent) =>
      isRecord(sent) && typeof sent.id === "string" &&
      typeof sent.text === "string"
    );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
