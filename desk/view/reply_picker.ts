import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { isComposing } from "@/lib/base/keys.ts";
import type { SavedReplyView } from "@/lib/protocol/admin/saved_replies.ts";
import type { KnownReplies } from "../desk_replies.ts";
import type { ChatItem } from "../desk_state.ts";
import {
  fillReply,
  findReplies,
  insertAt,
  queryAt,
  type ReplyQuery,
} from "../reply_text.ts";
import { type DeskUi, useDesk } from "./desk_ui.ts";

/** More would make typing slow, and nobody reads them all. */
const SHOWN_MAX = 50;

/** The list of saved replies at the field of a chat. */
export interface ReplyPicker {
  isOpen: boolean;
  state: KnownReplies["state"];
  /** True if the agent has no replies at all. */
  isEmpty: boolean;
  replies: readonly SavedReplyView[];
  /** True if more match than are shown. */
  hasMore: boolean;
  /** Index of the reply that Enter inserts; -1 if there is none. */
  active: number;
  /** Must be called when the text or the cursor may have changed. */
  look(): void;
  /** Must be called when the agent has changed the text. */
  typed(): void;
  /** Handles a key of the field. Returns true if the list has used it. */
  onKey(event: KeyboardEvent): boolean;
  /** Opens the list at the cursor, or closes it. */
  toggle(): void;
  close(): void;
  choose(reply: SavedReplyView): void;
}

interface State {
  cursor: Signal<number>;
  active: Signal<number>;
  /** Begin of the search that the agent has closed, and of the one that the
   * button has begun; -1 if there is none. */
  closed: Signal<number>;
  begun: Signal<number>;
}

/** Searches while the agent types after a `/`, and inserts at the cursor. */
export function useReplyPicker(
  item: ChatItem,
  field: RefObject<HTMLTextAreaElement>,
): ReplyPicker {
  const ui = useDesk();
  const state: State = {
    cursor: useSignal(0),
    active: useSignal(0),
    closed: useSignal(-1),
    begun: useSignal(-1),
  };
  const edit = useEdit(item, field, ui);
  const query = openQuery(item.draft, state);
  const isOpen = query !== undefined;
  useEffect(() => {
    if (isOpen) void ui.replies.load();
  }, [isOpen]);
  const known = ui.replies.known.value;
  const found = query ? repliesFor(query, item, ui) : [];
  const replies = found.slice(0, SHOWN_MAX);
  const hasMore = found.length > SHOWN_MAX;
  const active = Math.min(state.active.value, replies.length - 1);
  const look = () => lookAt(field, state);
  const typed = () => {
    state.active.value = 0;
    look();
  };
  const close = () => {
    if (query === undefined) return;
    if (query.start === state.begun.value) edit(query, "");
    else state.closed.value = query.start;
    state.begun.value = -1;
  };
  const choose = (reply: SavedReplyView) => {
    if (query) edit(query, textOf(reply, item, ui));
  };
  const toggle = () => {
    if (isOpen) close();
    else begin(field, { edit, state });
    field.current?.focus();
  };
  const onKey = keysOf({ query, replies, active, state, known, close, choose });
  return {
    ...{
      isOpen,
      replies,
      hasMore,
      active,
      look,
      typed,
      onKey,
      toggle,
      close,
      choose,
    },
    state: known.state,
    isEmpty: known.state === "found" && known.replies.length === 0,
  };
}

/** Notes where the cursor is. */
function lookAt(field: RefObject<HTMLTextAreaElement>, state: State): void {
  const { value = "", selectionStart = 0 } = field.current ?? {};
  state.cursor.value = selectionStart;
  // A search that is gone can be begun again at the same place.
  const start = queryAt(value, selectionStart)?.start;
  if (start !== state.closed.value) state.closed.value = -1;
  if (start !== state.begun.value) state.begun.value = -1;
}

type Edit = (
  range: Pick<ReplyQuery, "start" | "end">,
  inserted: string,
) => void;

/** Replaces a part of the draft, and puts the cursor after it once the field
 * shows it. */
function useEdit(
  item: ChatItem,
  field: RefObject<HTMLTextAreaElement>,
  { desk }: DeskUi,
): Edit {
  const cursor = useRef(-1);
  useLayoutEffect(() => {
    if (cursor.current < 0) return;
    field.current?.setSelectionRange(cursor.current, cursor.current);
    field.current?.dispatchEvent(new Event("select"));
    cursor.current = -1;
  }, [item.draft]);
  return (range, inserted) => {
    const done = insertAt(item.draft, range, inserted);
    cursor.current = done.cursor;
    desk.dispatch({ type: "draft", chat: item.view.id, text: done.text });
    field.current?.focus();
  };
}

/** Begins a search at the cursor, as typing `/` does. */
function begin(
  field: RefObject<HTMLTextAreaElement>,
  { edit, state }: { edit: Edit; state: State },
): void {
  const { value = "", selectionStart: start = 0, selectionEnd: end = start } =
    field.current ?? {};
  const space = /\S$/.test(value.slice(0, start)) ? " " : "";
  state.closed.value = -1;
  state.active.value = 0;
  state.begun.value = start + space.length;
  edit({ start: end, end }, `${space}/`);
}

function openQuery(
  draft: string,
  { cursor, closed }: State,
): ReplyQuery | undefined {
  const query = queryAt(draft, cursor.value);
  return query?.start === closed.value ? undefined : query;
}

function repliesFor(
  { text: query }: ReplyQuery,
  { view }: ChatItem,
  { replies, lang }: DeskUi,
): SavedReplyView[] {
  const known = replies.known.value;
  if (known.state !== "found") return [];
  const visitorLang = view.visitor.lang;
  return findReplies(known.replies, { query, visitorLang, lang });
}

function textOf(
  { text, lang }: SavedReplyView,
  { view: { visitor } }: ChatItem,
  { replies, widgets }: DeskUi,
): string {
  const known = replies.known.peek();
  const { uuid, name } = visitor.widget;
  const own = widgets.peek().find((widget) => widget.uuid === uuid);
  return fillReply(text, {
    visitor: visitor.name,
    agent: known.state === "found" ? known.agent : "",
    company: own?.company ?? "",
    widget: name,
  }, lang || visitor.lang);
}

function keysOf(
  { query, replies, active, state, known, close, choose }:
    & Pick<ReplyPicker, "replies" | "active" | "close" | "choose">
    & { query: ReplyQuery | undefined; state: State; known: KnownReplies },
): ReplyPicker["onKey"] {
  const move = (by: number) => {
    const { length } = replies;
    state.active.value = (active + by + length) % length;
  };
  return (event) => {
    const { key, shiftKey } = event;
    if (query === undefined || isComposing(event)) return false;
    if (key === "Escape") close();
    else if (key === "Enter" && !shiftKey && known.state === "loading") {
      return true; // Otherwise the search would be sent.
    } else if (replies.length === 0) return false;
    else if (key === "ArrowDown") move(1);
    else if (key === "ArrowUp") move(-1);
    else if (key === "Enter" && !shiftKey) {
      const chosen = replies[active];
      if (chosen) choose(chosen);
    } else return false;
    return true;
  };
}
