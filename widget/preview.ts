import type {
  Info,
  PictureMessage,
  SessionInfo,
} from "@/lib/protocol/visitor/session_messages.ts";
import type { Roster } from "./roster.ts";

/**
 * The service's messages for a preview, in the protocol's own format. An
 * element with a `preview` renders them, and opens no socket.
 */
export interface Preview {
  session: SessionInfo;
  infos: readonly Info[];
  pictures: readonly PictureMessage[];
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
