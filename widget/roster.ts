import type {
  Info,
  PictureMessage,
  SessionInfo,
  SessionMessage,
} from "@/lib/protocol/visitor/session_messages.ts";

/** The agents, as far as the service has sent them. Immutable. */
export interface Roster {
  session: SessionInfo | undefined;
  /** In their order, as shown. */
  cards: readonly Info[];
  /**
   * Messages since the last Session. They replace `cards` together when the
   * service pauses, so that a Save does not empty the page for a moment.
   */
  incoming: readonly Info[] | undefined;
  /** data: URLs by picture id. */
  pictures: Readonly<Record<string, string>>;
  /** Requested picture ids, by agent. */
  asked: Readonly<Record<string, string>>;
}

export const EMPTY_ROSTER: Roster = {
  session: undefined,
  cards: [],
  incoming: undefined,
  pictures: {},
  asked: {},
};

/** A pause of this length after a Session or an Info means that it was the last
 * one. */
export const SETTLE_MS = 40;

/** Returns the roster after one message of the service. */
export function hear(roster: Roster, message: SessionMessage): Roster {
  switch (message.mt) {
    case "Session":
      return { ...roster, session: message, incoming: [] };
    case "Info":
      return roster.incoming === undefined
        ? { ...roster, cards: withInfo(roster.cards, message) }
        : { ...roster, incoming: withInfo(roster.incoming, message) };
    case "Picture":
      return hearPicture(roster, message);
    case "Error":
      return roster;
  }
}

/** Shows the messages since the last Session. */
export function settle(roster: Roster): Roster {
  return roster.incoming === undefined
    ? roster
    : { ...roster, cards: roster.incoming, incoming: undefined };
}

/** Forgets requests on a lost socket, because the next one does not answer
 * them. */
export function forgetAsked(roster: Roster): Roster {
  return { ...roster, asked: {} };
}

/** The picture of a card, or "" while there is none. */
export function pictureOf(roster: Roster, card: Info): string {
  return roster.pictures[card.picture] ?? "";
}

/**
 * Returns the roster with the picture of a visible card requested: `ask` says
 * whether to send the request. A picture that several agents share is requested
 * once.
 */
export function wantPicture(
  roster: Roster,
  id: string,
): { roster: Roster; ask: boolean } {
  const picture = roster.cards.find((card) => card.id === id)?.picture ?? "";
  const known = picture === "" || picture in roster.pictures ||
    Object.values(roster.asked).includes(picture);
  if (known) return { roster, ask: false };
  return {
    roster: { ...roster, asked: { ...roster.asked, [id]: picture } },
    ask: true,
  };
}

function hearPicture(roster: Roster, { id, url }: PictureMessage): Roster {
  const picture = roster.asked[id];
  if (picture === undefined) return roster;
  const { [id]: _answered, ...asked } = roster.asked;
  // Accept only the image types that the service's protocol allows.
  const shown = /^data:image\/(jpeg|png|webp);/.test(url) ? url : "";
  return {
    ...roster,
    asked,
    pictures: { ...roster.pictures, [picture]: shown },
  };
}

function withInfo(cards: readonly Info[], info: Info): readonly Info[] {
  return [...cards.filter((card) => card.id !== info.id), info]
    .sort((a, b) => a.order - b.order);
}
