import { effect } from "@preact/signals";
import type { Desk } from "./desk.ts";
import type { ChatItem } from "./desk_state.ts";

/** The methods of `sessionStorage` that drafts need. It belongs to this tab
 * until it closes. */
export type DraftStorage = Pick<
  Storage,
  "getItem" | "setItem" | "removeItem" | "key" | "length"
>;

/** Texts of one chat that the service does not have. */
interface Unsent {
  /** Text in the field. */
  draft: string;
  /** Sent but unconfirmed messages; the id makes a repetition the same
   * message. */
  outbox: { id: string; text: string }[];
}

const PREFIX = "desk-draft-";

/**
 * Stores the unsent text of each running chat, so that it survives a reload,
 * going back and a visit to another page. Deletes it when the chat ends or the
 * agent is signed out. Returns a function that stops it.
 */
export function keepDrafts(
  desk: Desk,
  { storage, now }: { storage: DraftStorage; now: () => number },
): () => void {
  const known = new Set<string>();
  return effect(() => {
    const { chats } = desk.state.value;
    if (desk.link.value.state === "signed-out") return forgetDrafts(storage);
    for (const item of chats) {
      const { id, state } = item.view;
      if (state === "ended") storage.removeItem(PREFIX + id);
      else if (known.has(id)) write(storage, item);
      else if (state === "joined") {
        known.add(id);
        restore(desk, read(storage, id), { chat: id, now: now() });
      }
    }
  });
}

/** Deletes all drafts of this tab, for the sign-out. */
export function forgetDrafts(storage: DraftStorage): void {
  const keys = Array.from(
    { length: storage.length },
    (_, index) => storage.key(index) ?? "",
  );
  for (const key of keys) {
    if (key.startsWith(PREFIX)) storage.removeItem(key);
  }
}

function restore(
  desk: Desk,
  { draft, outbox }: Unsent,
  { chat, now }: { chat: string; now: number },
): void {
  for (const { id, text } of outbox) {
    desk.on({ type: "draft", chat, text });
    desk.on({ type: "write", chat, id, now });
  }
  if (draft !== "") desk.on({ type: "draft", chat, text: draft });
}

function write(storage: DraftStorage, { view, draft, outbox }: ChatItem): void {
  const key = PREFIX + view.id;
  if (draft === "" && outbox.length === 0) return storage.removeItem(key);
  const unsent: Unsent = {
    draft,
    outbox: outbox.map(({ id, text }) => ({ id, text })),
  };
  const text = JSON.stringify(unsent);
  if (storage.getItem(key) === text) return;
  try {
    storage.setItem(key, text);
  } catch {
    // The browser's storage is full, so the draft lasts only as long as the
    // page.
  }
}

function read(storage: DraftStorage, chat: string): Unsent {
  const none: Unsent = { draft: "", outbox: [] };
  try {
    const found: unknown = JSON.parse(storage.getItem(PREFIX + chat) ?? "");
    return isUnsent(found) ? found : none;
  } catch {
    return none; // Missing, or from another version.
  }
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
