import type {
  Info,
  Picture,
  Session,
} from "@/lib/protocol/visitor/session_messages.ts";
import type { Roster } from "./roster.ts";

/**
 * What a widget would be told by the service, in the wire's own messages. An
 * element whose `preview` is set draws this, and opens no socket.
 */
export interface Preview {
  session: Session;
  infos: readonly Info[];
  pictures: readonly Picture[];
}

/** The roster that the messages of a preview amount to. */
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
