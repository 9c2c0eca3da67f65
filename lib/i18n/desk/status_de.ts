import type { DeskTexts } from "./texts.ts";

/** The texts of the desk in the bar of all other pages. */
export const status: DeskTexts["status"] = {
  online: "Online",
  away: "Abwesend",
  busy: "Beschäftigt",
  dnd: "Nicht stören",
  offline: "Offline",
  waiting: "{presence} · {count} wartend",
  running: {
    one: "{presence} · {count} Chat läuft",
    other: "{presence} · {count} Chats laufen",
  },
  unread: {
    one: "{presence} · {count} ungelesene Chatnachricht",
    other: "{presence} · {count} ungelesene Chatnachrichten",
  },
  lost: "Nicht verbunden",
  leaveTitle: "Laufende Chats verlassen?",
  leaveText: {
    one:
      "{count} Chat läuft. Besucher sehen Sie dann als offline, und er endet nach einer Minute.",
    other:
      "{count} Chats laufen. Besucher sehen Sie dann als offline, und sie enden nach einer Minute.",
  },
  leave: "Verlassen",
  stay: "Bleiben",
};
