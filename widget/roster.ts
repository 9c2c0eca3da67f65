import type {
  Info,
  Picture,
  Session,
  SessionMessage,
} from "@/lib/protocol/visitor/session_messages.ts";

/** Who can be contacted, as far as the service has said. Never changed in place. */
export interface Roster {
  session: Session | undefined;
  /** In their order, as shown. */
  cards: readonly Info[];
  /**
   * What came since the last Session. It replaces `cards` at once when the
   * service pauses, so that a Save does not empty the page for a moment.
   */
  incoming: readonly Info[] | undefined;
  /** data: URLs by picture id. */
  pictures: Readonly<Record<string, string>>;
  /** Picture ids that were asked for, by the agent that was asked. */
  asked: Readonly<Record<string, string>>;
}

export const EMPTY_ROSTER: Roster = {
  session: undefined,
  cards: [],
  incoming: undefined,
  pictures: {},
  asked: {},
};

/** A pause of this length after a Session or an Info means: that was all. */
export const SETTLE_MS = 40;

/** Takes in one message of the service. */
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

/** Shows what came since the last Session. */
export function settle(roster: Roster): Roster {
  return roster.incoming === undefined
    ? roster
    : { ...roster, cards: roster.incoming, incoming: undefined };
}

/** What was asked on a lost socket is not answered on the next. */
export function forgetAsked(roster: Roster): Roster {
  return { ...roster, asked: {} };
}

/** The picture of a card, or "" while there is none. */
export function pictureOf(roster: Roster, card: Info): string {
  return roster.pictures[card.picture] ?? "";
}

/**
 * Asks for the picture of a card that is seen: `ask` says whether the service
 * has to be asked. The same picture is asked for once, whoever shows it.
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

function hearPicture(roster: Roster, { id, url }: Picture): Roster {
  const picture = roster.asked[id];
  if (picture === undefined) return roster;
  const { [id]: _answered, ...asked } = roster.asked;
  // Only what the service's own wire promises may become a picture.
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
