import type {
  Info,
  PictureMessage,
  SessionInfo,
} from "@/lib/protocol/visitor/session_messages.ts";
import type { QueuePlace } from "./contact/queue.ts";
import type { DrawnContacts } from "./contacts_port.ts";
import type { Roster } from "./roster.ts";

/**
 * The service's messages for a preview, in the protocol's own format. An
 * element with a `preview` renders them, and opens no socket.
 */
export interface Preview {
  session: SessionInfo;
  infos: readonly Info[];
  pictures: readonly PictureMessage[];
  /** Shows a chat that waits in the queue of a team. */
  queue?: PreviewQueue | undefined;
}

export interface PreviewQueue extends QueuePlace {
  /** The card of the team. */
  agent: string;
}

/** The content of an element with a preview. */
export interface Previewed {
  roster: Roster;
  contacts: DrawnContacts | undefined;
}

/** The functions of the element that a preview uses. */
export interface PreviewOwner {
  /** Loads the code of chats; undefined if that fails. */
  load(): Promise<Pick<ChatCode, "panelFrom"> | undefined>;
  /** The preview that the element shows now. */
  shown(): Previewed | undefined;
  /** Must be called when the view has changed. */
  changed(): void;
  expand(open: boolean): void;
}

type ChatCode = typeof import("./contact/mod.tsx");
type QueueCode = Pick<typeof import("./preview_queue.ts"), "QueuedChat">;

const loadQueue = (): Promise<QueueCode> => import("./preview_queue.ts");

/** Returns what to show for a preview, in place of what the element shows
 * now. */
export function previewed(
  preview: Preview | undefined,
  element: PreviewOwner,
  load = loadQueue,
): Previewed | undefined {
  const before = element.shown()?.contacts;
  if (preview?.queue === undefined) {
    before?.dispose();
    if (before) element.expand(false);
    return preview && { roster: rosterOf(preview), contacts: undefined };
  }
  // The chat of the previous state stays until that of this one is there.
  const next = { roster: rosterOf(preview), contacts: before };
  showQueue(next, preview.queue, element, load().catch(() => undefined));
  return next;
}

async function showQueue(
  next: Previewed,
  queue: PreviewQueue,
  element: PreviewOwner,
  loading: Promise<QueueCode | undefined>,
): Promise<void> {
  const [parts, code] = await Promise.all([element.load(), loading]);
  // Meanwhile the admin may have changed something.
  if (!parts || !code || element.shown() !== next) return;
  const { contacts: before } = next;
  before?.dispose();
  next.contacts = new code.QueuedChat(queue, parts.panelFrom, {
    roster: () => next.roster,
    changed: () => element.changed(),
  });
  if (before) element.changed();
  else element.expand(true);
}

/** Returns the roster for the messages of a preview. */
export function rosterOf({ session, infos, pictures }: Preview): Roster {
  const urls = new Map(pictures.map(({ id, url }) => [id, url]));
  return {
    session,
    incoming: undefined,
    asked: {},
    cards: [...infos].sort((a, b) => a.order - b.order),
    pictures: Object.fromEntries(
      infos.map(({ id, picture }) => [picture, urls.get(id) ?? ""]),
    ),
  };
}
